"""What is taken out of the theme's pages, and what is repaired in them."""

import re

# Both colour schemes are in site.css, and nothing here needs MathJax, which mkdocs-jupyter loads from another host.
PALETTE = re.compile(r'<link rel="stylesheet" href="[^"]*/palette\.[^"]*">\s*')
MATHJAX = re.compile(r"<script data-mkdocs-jupyter-mathjax=.*?</script>\s*", re.DOTALL)
REPAIRS = {
    # A dialog needs a name.
    'data-md-component="search" role="dialog"': 'data-md-component="search" role="dialog" aria-label="Search"',
    # Until a reader chooses, the system's scheme counts: see site.css.
    '<body dir="ltr" data-md-color-scheme="default"': '<body dir="ltr" data-md-color-scheme="system"',
}


class ThemeError(Exception):
    """The theme's markup is another than it was."""


def repaired(page: str, name: str) -> str:
    """The HTML of a page without what it does not need, and with the theme's faults repaired."""
    page, palettes = PALETTE.subn("", MATHJAX.sub("", page))
    for fault, repair in REPAIRS.items():
        if page.count(fault) != 1 or palettes != 1:
            raise ThemeError(
                f"{name}: the theme's markup has changed, and hooks/byexample/theme.py does not fit: {fault}"
            )
        page = page.replace(fault, repair)
    return page
