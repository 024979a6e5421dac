"""Price lists that others keep, read from downloaded copies, compared with the records of prices, and what
follows for those records.

Nothing of a list is installed, imported or run. What the command prints and writes is decided here; reading
the project and the network is the command's.
"""
