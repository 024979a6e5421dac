"""The last step: a built site, by whatever builder, made light and closed.

Here live the reduced sheet, the styles of the first screen, the head's order and the policy. Nothing here
knows records or pages:
it reads a folder `site/` and changes the files in it.
"""
