"""The data below data/: `rows` of each data set, `write` the form of a file, `schema` its description."""
