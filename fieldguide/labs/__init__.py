"""The labs: their choices and defaults, the checks of their records, and their sums and sentences. The build
gets sums and sentences from the JavaScript modules that run on the page.

`records/lab.py` defines the keys of a lab's record, and `page/lab.py` renders a lab for readers without
scripts.
"""
