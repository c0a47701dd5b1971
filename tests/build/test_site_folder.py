"""A build that fails, or is interrupted, leaves the site before."""

import os
from pathlib import Path

import pytest
from byexample.session import Session
from byexample.site_folder import SiteFolder, SiteFolderError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built before, and is a branch of its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("before")
    (folder / "gone.html").write_text("before")
    (folder / ".git").write_text("gitdir: elsewhere")
    return folder


def begin(site: Path) -> tuple[Session, Path]:
    """A build that has written half of a site: its session, and where it works."""
    session = Session(site.parent, serving=False, beside=True)
    aside = Path(session.site_dir(str(site)))
    assert aside.parent == site.parent and aside != site
    aside.mkdir()
    (aside / "index.html").write_text("new")
    return session, aside


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


BEFORE = {"index.html": "before", "gone.html": "before", ".git": "gitdir: elsewhere"}
NEW = {"index.html": "new", ".git": "gitdir: elsewhere"}


def test_a_whole_site_takes_the_place_of_the_one_before(site):
    session, aside = begin(site)
    assert content(site) == BEFORE
    assert session.has_built(str(aside)) == str(site)
    session.put_in_place()
    assert content(site) == NEW and os.listdir(site.parent) == ["site"]


def test_the_first_build_needs_none_before(tmp_path):
    session, aside = begin(tmp_path / "site")
    session.has_built(str(aside))
    session.put_in_place()
    assert content(tmp_path / "site") == {"index.html": "new"}


def test_an_interrupted_build_leaves_the_site_before(site):
    session, _ = begin(site)
    session.put_in_place()  # as at Ctrl-C
    assert content(site) == BEFORE and os.listdir(site.parent) == ["site"]


def test_a_build_that_mkdocs_refuses_at_its_end_leaves_the_site_before(site):
    session, aside = begin(site)
    session.has_built(str(aside))
    session.has_failed()  # as for a warning in strict mode
    session.put_in_place()
    assert content(site) == BEFORE and os.listdir(site.parent) == ["site"]


@pytest.mark.parametrize("moved", [False, True], ids=["while it wrote", "while it took its place"])
def test_a_build_that_was_killed_is_cleared_up_by_the_next(site, moved):
    folder = SiteFolder(site)
    folder.aside.mkdir()
    (folder.aside / "index.html").write_text("half")
    if moved:
        os.rename(site, folder.before)
    _, aside = begin(site)
    assert content(site) == BEFORE and content(aside) == {"index.html": "new"}


def test_a_site_that_cannot_be_put_in_its_place_stays_beside_it(site, monkeypatch):
    session, aside = begin(site)
    session.has_built(str(aside))
    rename = os.rename

    def busy(old, new):
        if Path(old) == aside:
            raise OSError("device or resource busy")
        rename(old, new)

    monkeypatch.setattr(os, "rename", busy)
    with pytest.raises(SiteFolderError, match=r"the new site stays in .*\.site\.new: .* is in the way"):
        session.put_in_place()
    assert content(site)["index.html"] == "before" and (aside / "index.html").read_text() == "new"


def test_beside_mkdocs_serve_and_with_dirty_the_folder_is_the_one_that_was_asked_for(site):
    session = Session(site.parent, serving=True)
    assert session.site_dir(str(site)) == str(site) == session.has_built(str(site))
    session.has_failed()
    session.put_in_place()
    assert content(site) == BEFORE
