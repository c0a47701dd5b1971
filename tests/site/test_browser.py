"""The built site in a real browser: every page, narrow and wide, light and dark."""

import contextlib
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as Timeout

from .conftest import ABSENT, ROOT, listen

DOCS = ROOT / "docs"
SOURCES = sorted([*(path for path in DOCS.rglob("*.md") if "/." not in path.as_posix()), *(DOCS / "lab").glob("*.py")])
WIDTHS = {"phone": 360, "desktop": 1280}
SCHEMES = ("light", "dark")
ALL = {"resultTypes": ["violations"]}  # what passed is not listed node by node, which takes as long as the rules
# All that a scheme changes: the second one need not be asked for the rest again.
COLOURS = ALL | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
GROUND_IS = """scheme => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
    return (red + green + blue > 3 * 128 ? "light" : "dark") === scheme;
}"""

# The theme lets the keyboard scroll code that is wider than the page: soon after it was laid out, not at once.
CAN_BE_SCROLLED = """() => [...document.querySelectorAll("pre, pre > code")].every((block) =>
    block.scrollWidth - block.clientWidth < 14 ||
    !/auto|scroll/.test(getComputedStyle(block).overflowX) ||
    block.tabIndex >= 0 || block.querySelector("[tabindex]")
)"""

# Marks the tokens of code that look like one whose contrast was checked before, in all that the rule reads of a token
# and of what holds it, up to its block. The verdict would be the same, and this rule takes most of axe's time.
# The rule gives none on a single letter or on what is scrolled out of sight: these don't speak for a word that is seen.
MARK_ALIKE = """scheme => {
    const READ = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
        "webkitTextStroke", "mixBlendMode", "visibility"];
    for (const block of document.querySelectorAll("pre")) {
        const edges = block.getBoundingClientRect();
        const asked = ((block.asked ??= {})[scheme] ??= new Set());
        const looks = (part) => {
            const style = getComputedStyle(part);
            const own = READ.map((property) => style[property]).join();
            return part === block ? own : `${own} in ${looks(part.parentElement)}`;
        };
        for (const token of block.querySelectorAll("*")) {
            const texts = [...token.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
            const text = texts.map((node) => node.data.trim()).join("");
            const { left, right, width } = token.getBoundingClientRect();
            const inside = left >= edges.left && right <= edges.right;
            const kind = [text.length > 1, /\\w/.test(text), inside, looks(token)].join();
            const shown = text !== "" && width > 0;
            token.toggleAttribute("data-alike", shown && asked.has(kind));
            if (shown) asked.add(kind);
        }
    }
    axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-alike])" }] });
}"""
# The verdicts only, not what passed.
ASK_AXE = "async (options) => ({ violations: (await axe.run(options)).violations })"

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
# One page of each kind, and the six answers: what plain pytest looks at.
KINDS = ["", "cheat-sheet/", "errors/", "errors/bootstrapping-phase/", "evidence/", "guide/pool/", "lab/pickling/"]
ANSWERS = [url for url in PAGES if url.startswith("answers/")]


@pytest.fixture(scope="module")
def tabs(browser: Browser, address: str):
    """Two tabs, the second without JavaScript, and what they complain of.

    All pages share them: a new context has to start a process, and to load and compile what every page has.
    """
    complaints: list[str] = []
    window = {
        "viewport": {"width": WIDTHS["desktop"], "height": 800},
        "reduced_motion": "reduce",
    }  # colours change at once
    contexts = [browser.new_context(**window, java_script_enabled=enabled) for enabled in (True, False)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        listen(page, address, complaints)
    yield *pages, complaints
    for context in contexts:
        context.close()


def snippet(title: str) -> Path:
    (file,) = (ROOT / "snippets").rglob(title)
    return file


def with_marks(url: str):
    plain = url in [*KINDS, *ANSWERS, RUNS, ABSENT]
    return pytest.param(url, marks=[] if plain else pytest.mark.thorough)


@pytest.mark.parametrize("url", [with_marks(url) for url in PAGES])
def test_page(tabs, address, url):
    """Each page in both widths and both schemes, and without JavaScript."""
    page, bare, complaints = tabs
    complaints.clear()
    set_up(page, "desktop", SCHEMES[0])
    for tab in (page, bare):
        tab.goto(address + url)
    assert page.locator("h1").count() == 1
    page.evaluate(AXE_SCRIPT)
    problems = [problem for width in WIDTHS for scheme in SCHEMES for problem in seen(page, width, scheme)]
    assert problems == [], "\n".join(problems)
    for tab in (bare, page):
        assert tab.locator("article h1").is_visible()
    assert set(page.locator("article pre").all_inner_texts()) == set(bare.locator("article pre").all_inner_texts())
    assert bare.locator(".copy:visible").count() == 0
    for tab in (bare, page):
        tab.wait_for_load_state("networkidle")
    assert complaints == []


def set_up(page: Page, width: str, scheme: str) -> None:
    page.set_viewport_size({"width": WIDTHS[width], "height": 800})
    page.emulate_media(color_scheme=scheme)


def seen(page: Page, width: str, scheme: str) -> list[str]:
    """What is wrong with the page in this width and scheme."""
    set_up(page, width, scheme)
    found = []
    try:
        page.wait_for_function(
            GROUND_IS, arg=scheme, timeout=10_000
        )  # the theme notices the system's change by an event
    except Timeout:
        found.append("the page is not in the scheme that the system asks for")
    with contextlib.suppress(Timeout):  # axe names what stays as it is
        page.wait_for_function(CAN_BE_SCROLLED, timeout=10_000)
    across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if across > 0:
        found.append(f"the page scrolls sideways by {across} px")
    # The second scheme changes nothing but colours, and these are the same in both widths.
    asked = {(width, SCHEMES[0]): ALL for width in WIDTHS} | {(next(iter(WIDTHS)), SCHEMES[1]): COLOURS}
    if options := asked.get((width, scheme)):
        page.evaluate(MARK_ALIKE, scheme)
        results = AxeResults(page.evaluate(ASK_AXE, options))
        if results.violations_count:
            found.append(results.generate_report())
    return [f"{width}, {scheme}: {problem}" for problem in found]


def test_a_single_word_that_is_hard_to_read_is_found(tabs, address):
    """In code, where axe is not asked for the contrast of each word: the last one of its colour, in each scheme."""
    page, *_ = tabs
    set_up(page, "desktop", SCHEMES[0])
    page.goto(address + ANSWERS[0])
    page.evaluate(AXE_SCRIPT)
    assert [seen(page, "phone", scheme) for scheme in SCHEMES] == [[], []]
    for scheme, colour in zip(SCHEMES, ("#ddd", "#444"), strict=True):
        page.evaluate("colour => { [...document.querySelectorAll('pre .nb')].at(-1).style.color = colour; }", colour)
        (problem,) = seen(page, "phone", scheme)
        assert "color-contrast" in problem and problem.count("Target: ") == 1


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
