"""The built site in a real browser: every page, narrow and wide, light and dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Timeout

from .conftest import ABSENT, ROOT

DOCS = ROOT / "docs"
SOURCES = sorted([*(path for path in DOCS.rglob("*.md") if "/." not in path.as_posix()), *(DOCS / "lab").glob("*.py")])
WIDTHS = {"phone": 360, "desktop": 1280}
SCHEMES = ("light", "dark")
AXE = Axe()
ALL = {"resultTypes": ["violations"]}  # what passed is not listed node by node, which takes as long as the rules
# All that a scheme changes: the second one need not be asked for the rest again.
COLOURS = ALL | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
GROUND_IS = """scheme => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
    return (red + green + blue > 3 * 128 ? "light" : "dark") === scheme;
}"""

# Opens what is closed, and waits until the page has been laid out again.
OPEN_ALL = """async () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def url_of(source: Path) -> str:
    """A page's address below the site's own."""
    path = source.relative_to(DOCS).with_suffix("").as_posix()
    return "" if path == "index" else path.removesuffix("/index") + "/"


RUNS = "evidence/answers/create-a-process/"  # made by the build
PAGES = [*map(url_of, SOURCES), RUNS, ABSENT]
ANSWERS = [url for url in PAGES if url.startswith("answers/")]


def snippet(title: str) -> Path:
    (file,) = (ROOT / "snippets").rglob(title)
    return file


@pytest.mark.parametrize("url", PAGES)
def test_page(visit, url):
    """Each page in both widths and both schemes, and without JavaScript."""
    page = visit(url, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")  # colours change at once
    assert page.locator("h1").count() == 1
    problems = [problem for width in WIDTHS for scheme in SCHEMES for problem in seen(page, width, scheme)]
    assert problems == [], "\n".join(problems)
    bare = visit(url, java_script_enabled=False, viewport={"width": 1280, "height": 800})
    for one in (bare, page):
        assert one.locator("article h1").is_visible()
    assert set(page.locator("article pre").all_inner_texts()) == set(bare.locator("article pre").all_inner_texts())
    assert bare.locator(".copy:visible").count() == 0


def seen(page: Page, width: str, scheme: str) -> list[str]:
    """What is wrong with the page in this width and scheme."""
    page.set_viewport_size({"width": WIDTHS[width], "height": 800})
    page.emulate_media(color_scheme=scheme)
    found = []
    try:
        page.wait_for_function(
            GROUND_IS, arg=scheme, timeout=10_000
        )  # the theme notices the system's change by an event
    except Timeout:
        found.append("the page is not in the scheme that the system asks for")
    across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if across > 0:
        found.append(f"the page scrolls sideways by {across} px")
    # The second scheme changes nothing but colours, and these are the same in both widths.
    asked = {(width, SCHEMES[0]): ALL for width in WIDTHS} | {(next(iter(WIDTHS)), SCHEMES[1]): COLOURS}
    if options := asked.get((width, scheme)):
        results = AXE.run(page, options=options)
        if results.violations_count:
            found.append(results.generate_report())
    return [f"{width}, {scheme}: {problem}" for problem in found]


@pytest.mark.parametrize("url", ANSWERS)
def test_search_finds_a_word_of_each_answer(visit, url):
    page = visit(url, viewport={"width": 1280, "height": 800})
    words = page.locator("article p").first.inner_text().replace("\n", " ").split()
    word = max((word.strip(".,:;()`\"'") for word in words), key=len)
    page.keyboard.press("/")
    page.keyboard.type(word)
    # Results may still be on their way for a beginning of the word.
    page.wait_for_selector(f".md-search-result__link[href*='{url}']", state="attached", timeout=10_000)


def test_keyboard_alone_reaches_navigation_search_and_copy(visit):
    page = visit(ANSWERS[0], viewport={"width": 1280, "height": 800})
    reached = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        reached |= set(
            page.evaluate(
                """() => [
                    [".md-skip", "skip link"], [".md-nav a[href]", "navigation"], [".md-search__input", "search"],
                    ["button.copy", "copy"], ["a.file", "download"], [".md-footer a", "footer"],
                ].filter(([selector]) => document.activeElement.matches(selector)).map(([, name]) => name)"""
            )
        )
    assert reached == {"skip link", "navigation", "search", "copy", "download", "footer"}
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"


def test_copy_copies_the_program_exactly(visit, address):
    page = visit("answers/create-a-process/", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate(OPEN_ALL)
    programs = page.locator("figure.example:has(.copy)")
    assert programs.count() >= 2
    for index in range(programs.count()):
        program = programs.nth(index)
        program.locator(".copy").click()
        name = program.locator("a.file").first.inner_text()
        assert page.evaluate("navigator.clipboard.readText()") == snippet(name).read_text("utf-8")


def test_a_program_downloads_as_it_is(visit):
    page = visit("answers/create-a-process/")
    link = page.locator("a.file").first
    with page.expect_download() as download:
        link.click()
    assert Path(download.value.path()).read_bytes() == snippet(link.inner_text()).read_bytes()


def test_wide_code_scrolls_by_keyboard(visit):
    page = visit("answers/create-a-process/", viewport={"width": 360, "height": 800})
    page.evaluate(OPEN_ALL)
    stuck = page.evaluate(
        """[...document.querySelectorAll("article pre, article pre code")].filter(
            block => block.scrollWidth > block.clientWidth + 1
                && getComputedStyle(block).overflowX !== "visible"
                && !block.closest("[tabindex='0']") && !block.querySelector("[tabindex='0']")
        ).map(block => block.textContent.slice(0, 60))"""
    )
    assert stuck == []


def test_a_phone_stacks_the_cells_of_a_wide_table_and_names_their_columns(visit):
    said = {}
    for name, width in WIDTHS.items():
        page = visit("guide/process-pool-executor/", viewport={"width": width, "height": 800})
        cells = page.locator("article tr:has(td[data-column])").first.locator("td")
        said[name] = cells.evaluate_all("cells => cells.map((cell) => getComputedStyle(cell, '::before').content)")
    assert said["desktop"] == ["none"] * 3
    assert said["phone"][0] == "none" and "ProcessPoolExecutor" in said["phone"][1] and "Pool" in said["phone"][2]
