"""The site for programs that read: plain Markdown of every page, and llms.txt."""

import re
from pathlib import Path

import pytest

from .conftest import ADDRESS, ROOT
from .test_browser import SOURCES, url_of
from .theme import module

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^[ \t]*(`{3,}).*?^[ \t]*\1`*[ \t]*$", re.MULTILINE | re.DOTALL)


def copy_of(site: Path, source: Path) -> Path:
    return site / url_of(source) / "index.md"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_page_has_a_plain_copy_that_it_names(site, source):
    text = copy_of(site, source).read_text("utf-8")
    page = (site / url_of(source) / "index.html").read_text("utf-8")
    assert '<link rel="alternate " type="text/markdown" title="This page as plain Markdown" href="index.md">' in page
    assert text.startswith("# ") and text.endswith("\n")
    assert "description:" not in text.split("\n## ")[0].replace("`description:`", "")
    prose = FENCE.sub("", text)
    for theme in ("--8<--", "=== ", "<script", "<div", "<!--"):
        assert theme not in prose, f"{theme!r} is left for a build to make sense of"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_links_of_a_plain_copy_lead_to_files_of_the_site(site, source):
    copy = copy_of(site, source)
    links = [link.partition("#")[0] for link in LINK.findall(FENCE.sub("", copy.read_text("utf-8"))) if ":" not in link]
    assert [link for link in links if link and not (copy.parent / link).is_file()] == []
    assert [link for link in links if link.endswith("/") or ".html" in link] == []


def test_programs_and_transcripts_stand_in_it_as_on_the_page(site):
    text = (site / "answers/create-a-process/index.md").read_text("utf-8")
    program = (ROOT / "snippets/answers/hello_process.py").read_text("utf-8")
    transcript = "```console\n$ python hello_process.py\nHello from a process!\n```\n"
    assert f"`hello_process.py`:\n\n```python\n{program}```\n\n{transcript}" in text
    ran = text.split("Hello from a process!\n```\n\n")[1].split("\n")[0]
    assert re.fullmatch(r"\*Ran on CPython .* · Linux · .*\*|\*Ran on CPython .*\*", ran)
    assert "`no_guard.py` (this fails):" in text


def test_measured_figures_are_filled_in(site):
    text = (site / "index.md").read_text("utf-8")
    assert re.search(r"^Four processes  child 4  task 4  \d+\.\d+  \d+\.\d+$", text, re.MULTILINE)


def test_tabs_have_their_names_in_bold_and_are_not_indented(site):
    text = (site / "answers/create-a-pool/index.md").read_text("utf-8")
    assert "\n**from 3.14**\n\n```console\n$ python lambda_pool.py\n" in text


def test_a_notebook_has_its_outputs(site):
    text = (site / "lab/multiprocessing-in-a-notebook/index.md").read_text("utf-8")
    assert "print([square(x) for x in [1, 2, 3, 4, 5]])\n```\n\n```text\n[1, 4, 9, 16, 25]\n```\n" in text


def test_llms_txt_has_the_form_of_the_convention_and_every_page(site):
    lines = (site / "llms.txt").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ") and lines[2].startswith("> ")
    sections = lines[next(number for number, line in enumerate(lines) if line.startswith("## ")) :]
    entry = re.compile(r"- \[(?:[^\[\]]|\\\[|\\\])+\]\((?P<url>\S+)\)(: .+)?")
    for line in sections:
        assert not line or line.startswith("## ") or entry.fullmatch(line), line
    urls = [match["url"] for line in sections if (match := entry.fullmatch(line))]
    assert sorted(urls) == sorted(f"{ADDRESS}{url_of(source)}index.md" for source in SOURCES)


@pytest.mark.parametrize("code, marks", [("x", "```"), ("a\n```\nb", "````")])
def test_a_fence_is_longer_than_any_inside(code, marks):
    plain = module("plain")
    assert plain.shown(plain.Block("text", "", code, "")) == [f"{marks}text", *code.split("\n"), marks]


class Files:
    def get_file_from_path(self, uri):
        return None


class Page:
    class file:
        src_uri = "page.md"


def test_an_example_that_is_not_on_the_page_stops_the_build():
    plain = module("plain")
    with pytest.raises(Exception, match="lost count of the examples at '```console'"):
        plain.copy("```console\n$ python x.py\n```\n", [], Page, Files(), None)
    with pytest.raises(Exception, match="lacks an example"):
        plain.copy("no fence\n", [plain.Block("console", "", "$ python x.py", "")], Page, Files(), None)
