"""The site for programs that read: plain Markdown of every page, and llms.txt."""

import re
from pathlib import Path

import pytest
from byexample.copies.plain import Block, fenced

from .conftest import ADDRESS, ROOT
from .test_browser import SOURCES, url_of

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^[ \t]*(`{3,}).*?^[ \t]*\1`*[ \t]*$", re.MULTILINE | re.DOTALL)


def copy_of(site: Path, source: Path) -> Path:
    return site / url_of(source) / "index.md"


def test_every_page_has_a_plain_copy_that_it_names(site):
    for source in SOURCES:
        text = copy_of(site, source).read_text("utf-8")
        page = (site / url_of(source) / "index.html").read_text("utf-8")
        link = '<link rel="alternate " type="text/markdown" title="This page as plain Markdown" href="index.md">'
        assert link in page, source
        assert text.startswith("# ") and text.endswith("\n"), source
        assert "description:" not in text.split("\n## ")[0].replace("`description:`", ""), source
        prose = FENCE.sub("", text)
        for theme in ("--8<--", "=== ", "<script", "<div", "<!--"):
            assert theme not in prose, f"{source}: {theme!r} is left for a build to make sense of"


def test_links_of_plain_copies_lead_to_files_of_the_site(site):
    for copy in (copy_of(site, source) for source in SOURCES):
        prose = FENCE.sub("", copy.read_text("utf-8"))
        links = [link.partition("#")[0] for link in LINK.findall(prose) if ":" not in link]
        assert [link for link in links if link and not (copy.parent / link).is_file()] == [], copy
        assert [link for link in links if link.endswith("/") or ".html" in link] == [], copy


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


@pytest.mark.parametrize(("code", "marks"), [("x", "```"), ("a\n```\nb", "````")])
def test_a_fence_is_longer_than_any_inside(code, marks):
    assert fenced(Block("text", "", code, "")) == [f"{marks}text", *code.split("\n"), marks]
