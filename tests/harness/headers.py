"""Reads the packages that a program names in its PEP 723 header."""

import re
import tomllib
from collections.abc import Iterable

# As PEP 723 gives it: https://peps.python.org/pep-0723/#specification
HEADER = re.compile(r"(?m)^# /// script$\s(?P<content>(^#(| .*)$\s)+)^# ///$")


def wanted(sources: Iterable[str]) -> tuple[str, ...]:
    """The requirements that these programs name, sorted."""
    found: set[str] = set()
    for source in sources:
        if header := HEADER.search(source):
            content = re.sub(r"^# ?", "", header["content"], flags=re.MULTILINE)
            found |= set(tomllib.loads(content).get("dependencies", []))
    return tuple(sorted(found))
