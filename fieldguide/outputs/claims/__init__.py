"""A page and a badge for each claim, at an address of its own."""
