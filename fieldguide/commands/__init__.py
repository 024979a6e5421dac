"""What a person or a builder asks for: check, build, serve, new records, lists of what is due, PDFs, copies.

A command reads the project, calls the rooms above this one and reports what it did. Everything that it knows
about the guide comes from them.
"""
