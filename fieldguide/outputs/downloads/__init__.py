"""The data below data/: one module a noun gives its rows, `write` the form of a file, `schema` its
description.
"""
