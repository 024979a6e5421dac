"""`make audit`, which needs Java and Node: the HTML checker over a built site, its decks in LibreOffice, and
what its pages cost a phone beside the stock theme and the bare article.

Nothing here is part of the build, and no time that it prints is a test.
"""
