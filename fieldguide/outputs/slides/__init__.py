"""Exports of figures: slides as SVG and PNG, thumbnails, CSV. `layout` arranges a slide, `tables` a slide's
table.
"""
