"""The cheat sheet: one sheet of paper, and programs that fit its columns."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import ROOT

PROGRAMS = sorted((ROOT / "snippets/cheat_sheet").glob("*.py"))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_on_one_sheet(browser: Browser, address: str, paper):
    page = browser.new_page()
    try:
        page.goto(address + "cheat-sheet/", wait_until="networkidle")
        printed = page.pdf(format=paper)
    finally:
        page.close()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.name)
def test_no_line_of_a_program_is_wider_than_a_column(program: Path):
    assert [line for line in program.read_text("utf-8").splitlines() if len(line) > 46] == []
