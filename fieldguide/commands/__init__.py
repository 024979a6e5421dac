"""What a person or a builder asks for: check, build, serve, new records, lists of what is due, PDFs, copies.

A command reads the project, works with the rooms before this one and says what it did; what it knows of the
guide is theirs.
"""
