"""What makes a site of the pages.

`pages` reads the language that contributors write, once: the harness executes what it reads, and the build shows it.
`evidence`, `figures`, `run_buttons` and `copies` make the site's parts from a Page and from reports. Nothing here knows
MkDocs or pytest, and nothing keeps state from one page or build to the next.
"""
