"""What a record may say: a module a noun, its schema and its own check; and the formulas that compute a field
from others.

How a record looks on a page, in a table or in a file is said by the rooms below, under the same name.
"""
