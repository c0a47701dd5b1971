"""The Atom feed of docs/changes.md."""

import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from byexample.copies.feed import atom
from byexample.copies.site import CopyError

from .conftest import ADDRESS

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
PAGE = """# What changed

## 2026-12-01: A second thing { #second }

[A page](answers/one.md#part) and [another site](https://example.com/).

## 2026-11-24: A first thing { #first }

Text & <b>more</b>.
"""


def feed(text: str, site_url: str | None = ADDRESS) -> ElementTree.Element:
    """The feed of a page of changes, on a site with one other page."""
    changes = SimpleNamespace(src_uri="changes.md", url="changes/", content_string=text)
    files = {"answers/one.md": SimpleNamespace(src_uri="answers/one.md", url="answers/one/"), "changes.md": changes}
    made = atom(changes, SimpleNamespace(get_file_from_path=files.get), "A site", site_url)
    return ElementTree.fromstring(made.encode())


def test_the_feed_of_the_site_is_valid_atom(site):
    root = ElementTree.parse(site / "feed.xml").getroot()
    check(root)
    page = (site / "changes/index.html").read_text("utf-8")
    for entry in root.findall(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link").get("href")
        assert link.startswith(f"{ADDRESS}changes/#") and f'id="{link.partition("#")[2]}"' in page
        assert not re.search(r'href="(?!https?://)', entry.find(f"{ATOM}content").text)


def check(root: ElementTree.Element) -> None:
    """What RFC 4287 asks for in sections 4.1.1 and 4.1.2."""
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert entries and root.find(f"{ATOM}author/{ATOM}name").text
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1 and element.find(ATOM + name).text
        assert re.fullmatch(RFC_3339, element.find(f"{ATOM}updated").text)
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.find(f"{ATOM}id").text)
    ids = [element.find(f"{ATOM}id").text for element in (root, *entries)]
    assert len(set(ids)) == len(ids)
    assert root.find(f"{ATOM}updated").text == max(entry.find(f"{ATOM}updated").text for entry in entries)
    for entry in entries:
        assert entry.find(f"{ATOM}content").get("type") == "html"


def test_every_page_names_the_feed(site):
    for name in ("index.html", "answers/create-a-pool/index.html"):
        page = (site / name).read_text("utf-8")
        (link,) = re.findall(
            r'<link rel="alternate " type="application/atom\+xml" title="What changed" href="([^"]+)">', page
        )
        assert (site / name).parent.joinpath(link).resolve() == (site / "feed.xml").resolve()


def test_entries_come_with_absolute_links_and_escaped_markup():
    root = feed(PAGE)
    check(root)
    second, first = root.findall(f"{ATOM}entry")
    assert second.find(f"{ATOM}title").text == "A second thing"
    assert f'<a href="{ADDRESS}answers/one/#part">A page</a>' in second.find(f"{ATOM}content").text
    assert 'href="https://example.com/"' in second.find(f"{ATOM}content").text
    assert first.find(f"{ATOM}content").text == "<p>Text &amp; <b>more</b>.</p>"


def test_without_an_address_there_are_no_links_to_the_site_and_ids_stay():
    root, known = feed(PAGE, None), feed(PAGE)
    check(root)
    assert root.iter(f"{ATOM}link") and not list(root.iter(f"{ATOM}link"))
    assert "A page and" in root.find(f"{ATOM}entry/{ATOM}content").text
    assert [one.text for one in root.iter(f"{ATOM}id")] == [one.text for one in known.iter(f"{ATOM}id")]


@pytest.mark.parametrize(
    "page, told",
    [
        ("## Last week\n", "does not begin as an entry"),
        ("## 2026-11-24: No anchor\n", "needs an anchor"),
        (PAGE.replace("2026-12-01", "2026-11-01"), "newest first"),
        (PAGE.replace("#second", "#first"), "an anchor of its own"),
        ("# What changed\n", "no entry"),
    ],
)
def test_a_page_that_makes_no_feed_stops_the_build(page, told):
    with pytest.raises(CopyError, match=told):
        feed(page)
