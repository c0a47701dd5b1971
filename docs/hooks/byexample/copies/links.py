"""Links of a page's Markdown, for what shows its text elsewhere: as plain Markdown, in a notebook, in the feed."""

import posixpath
import re
from collections.abc import Callable

from .site import SiteFile, SiteFiles

LINK = re.compile(r"(?P<text>\[(?:[^\[\]`]|`[^`]*`|\[[^\[\]]*\])*\])\((?P<to>[^)\s]+)\)")

# Gives the address of a file and "#anchor" (or ""); None if only the text of a link to it is left.
AddressOf = Callable[[SiteFile, str], str | None]


def moved(text: str, page: SiteFile, files: SiteFiles, address_of: AddressOf) -> str:
    """The text of a page with each link to a file of the site put where `address_of` says."""

    def put(link: re.Match[str]) -> str:
        path, hash_sign, anchor = link["to"].partition("#")
        if ":" in path:
            return link[0]  # another site
        uri = posixpath.normpath(posixpath.join(posixpath.dirname(page.src_uri), path)) if path else page.src_uri
        file = files.get_file_from_path(uri)
        if file is None:
            return link[0]  # the build warns of it
        target = address_of(file, hash_sign + anchor)
        return link["text"][1:-1] if target is None else f"{link['text']}({target})"

    return LINK.sub(put, text)


def absolute(site_url: str | None) -> AddressOf:
    """Places everything below the site's own address; without one there are no links."""

    def address(file: SiteFile, anchor: str) -> str | None:
        return f"{site_url}{file.url.removeprefix('./')}{anchor}" if site_url else None

    return address
