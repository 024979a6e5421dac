"""The labs: what each offers and with which defaults, what is wrong with its record, and its sums and
sentences, which the build asks the page's own JavaScript modules for.

What a record of a lab may hold is said in `records/lab.py`, how a lab looks without scripts in `page/lab.py`.
"""
