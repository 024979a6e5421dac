"""Models that this repository trains itself, on two cores: a tokenizer, a machine that writes definitions,
and a scaling law of our own.

Nothing here is needed to build the site: the site reads what is committed under `results/`. README.md says
how it is made again.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""For numpy and scipy, whose matrices here are five numbers wide: threads that wait for each other make a fit
thirty times as long.
"""
