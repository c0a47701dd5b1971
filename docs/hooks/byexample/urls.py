"""Addresses of the site, as seen from one of its pages."""

import posixpath


def relative(url: str, page_url: str) -> str:
    """The way from a page to another address of the site; both are below the site's own address."""
    folder, _, name = page_url.rpartition("/")
    start = folder if "." in name else page_url
    steps = posixpath.relpath(posixpath.join("/", url), posixpath.join("/", start))
    return steps + "/" if url.endswith("/") else steps
