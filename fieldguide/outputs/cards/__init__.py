"""Social cards: the picture that other sites show for a link to a page. `files` decides what a card says,
`layout` sets it.
"""
