"""Exports of figures: slides as SVG and PNG, thumbnails, CSV; `layout` sets a slide, `tables` its table."""
