"""The labs: what the page's own JavaScript modules work out for the build, so that each sum and each sentence
is written once.

What a record of a lab may hold is said in `records/lab.py`, how a lab looks without scripts in `page/`.
"""
