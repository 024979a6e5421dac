"""Exports of figures: slides as SVG and PNG, thumbnails, CSV. `arrangement` says where a slide's texts,
number and drawing stand, for the slides of decks too; `tables` sets a slide's table.
"""
