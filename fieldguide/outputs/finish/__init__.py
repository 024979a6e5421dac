"""The last step of a build: it makes a finished site small and gives every page its policy. Here are the
reduced sheets, the styles of the first screen, the order of the head and the Content-Security-Policy. Nothing
here knows records or pages: it reads a folder `site/`, made by any builder, and changes the files in it.
"""
