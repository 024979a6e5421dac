"""Social cards: the picture that a link to a page shows elsewhere; `files` says what each card says."""
