"""The labs: their choices and defaults, the checks of their records, and their results. The formulas and the
sentence that answers are written once, in docs/labs/<slug>/model.mjs, which the page and the build both run.

`records/lab.py` defines the keys of a lab's record, and `page/lab.py` renders a lab for readers without
scripts.
"""
