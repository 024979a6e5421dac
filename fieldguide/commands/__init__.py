"""The commands of a person or a builder: check, build, serve, new records, lists of what is due, PDFs,
copies.

A command reads the project, calls the other rooms and reports what it did. All knowledge of the guide is in
those rooms.
"""
