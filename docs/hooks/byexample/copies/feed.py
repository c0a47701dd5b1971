"""What changed on the site, as an Atom feed (RFC 4287) of the dated sections of docs/changes.md."""

import re
import uuid
from dataclasses import dataclass
from xml.etree import ElementTree

import markdown

from .links import absolute, moved
from .site import CopyError, SiteFile, SiteFiles

PAGE = "changes.md"
NAME = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
SECTION = re.compile(r"^## (?P<date>\d{4}-\d\d-\d\d): (?P<title>.+?)(?: \{ *#(?P<anchor>[\w-]+) *\})?$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A dated section of the page."""

    date: str  # 2026-11-24
    title: str
    anchor: str
    text: str  # Markdown

    @property
    def updated(self) -> str:
        return f"{self.date}T00:00:00Z"


def entries(page: str) -> list[Entry]:
    """The sections of the page, as they stand there: the newest first."""
    if strange := [line for line in re.findall(r"^## .*", page, re.MULTILINE) if not SECTION.fullmatch(line)]:
        raise CopyError(
            f'{PAGE}: {strange[0]!r} does not begin as an entry of the feed does: "## 2026-11-24: Title {{ #anchor }}"'
        )
    heads = list(SECTION.finditer(page))
    if not heads:
        raise CopyError(f"{PAGE}: no entry for the feed in it")
    ends = [head.start() for head in heads[1:]] + [len(page)]
    entries = [
        Entry(head["date"], head["title"], head["anchor"] or "", page[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    ]
    for entry in entries:
        if not entry.anchor:
            raise CopyError(
                f"{PAGE}: {entry.title!r} needs an anchor that lasts, since readers of the feed know it by that: "
                "{ #anchor }"
            )
    in_order = sorted(entries, key=lambda entry: entry.date, reverse=True) == entries
    if not in_order or len({entry.anchor for entry in entries}) < len(entries):
        raise CopyError(f"{PAGE}: entries stand with the newest first, each with an anchor of its own")
    return entries


def atom(page: SiteFile, files: SiteFiles, site_name: str, site_url: str | None) -> str:
    """The feed; `page` holds the changes. Links lead to the site; without an address for it there are none."""
    address_of = absolute(site_url)
    sections = entries(page.content_string.replace("\r\n", "\n"))
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    add(feed, "title", f"{site_name}: what changed")
    add(feed, "id", name(site_name))
    add(feed, "updated", sections[0].updated)
    add(add(feed, "author"), "name", site_name)
    if site_url:
        add(feed, "link", rel="self", type="application/atom+xml", href=site_url + NAME)
        add(feed, "link", rel="alternate", type="text/html", href=address_of(page, "") or "")
    for section in sections:
        entry = add(feed, "entry")
        add(entry, "title", section.title)
        add(entry, "id", name(site_name, section.anchor))
        add(entry, "updated", section.updated)
        if site_url:
            href = address_of(page, f"#{section.anchor}") or ""
            add(entry, "link", rel="alternate", type="text/html", href=href)
        add(entry, "content", markdown.markdown(moved(section.text, page, files, address_of)), type="html")
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text
    return child


def name(*parts: str) -> str:
    """An id that lasts, wherever the site is published."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, "/".join(parts)).urn
