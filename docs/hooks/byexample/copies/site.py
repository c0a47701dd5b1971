"""What the copies need to know of MkDocs' files."""

from collections.abc import Iterator
from typing import Protocol


class SiteFile(Protocol):
    """A file of the site, as MkDocs describes it."""

    src_uri: str  # below docs/
    url: str  # below the site's own address
    abs_src_path: str
    name: str  # without its ending
    content_string: str

    def is_documentation_page(self) -> bool: ...


class SiteFiles(Protocol):
    """All files of the site."""

    def get_file_from_path(self, path: str) -> SiteFile | None: ...

    def __iter__(self) -> Iterator[SiteFile]: ...


class CopyError(Exception):
    """A page of which no copy can be made; says which, and what to do."""
