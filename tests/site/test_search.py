"""The search finds the page of a pasted error: its last line first of all, a whole traceback among the first three."""

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Timeout

from .pasted import INTERLEAVED, LINES, SYMPTOMS, WHOLE
from .test_browser import DOCS

RESULTS = ".md-search-result__item .md-search-result__link:first-child"


def paste(page: Page, text: str, how: str) -> None:
    """Puts the text into the search box, which has no results of an earlier one any more."""
    box = page.locator(".md-search__input")
    box.fill("")
    box.press("Backspace")
    page.wait_for_selector(".md-search-result__item", state="detached")
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    box.focus()
    if how == "Ctrl+V":
        page.keyboard.press("Control+V")
    else:  # as a mouse or a finger does it
        page.evaluate(
            """text => {
                const data = new DataTransfer();
                data.setData("text", text);
                const box = document.activeElement;
                const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
                if (box.dispatchEvent(paste)) document.execCommand("insertText", false, text);
            }""",
            text,
        )


def results(page: Page, number: int) -> list[str]:
    """The pages of the first results, at most so many."""
    try:
        page.wait_for_selector(RESULTS, state="attached", timeout=10_000)
    except Timeout:
        return []
    links = page.locator(RESULTS).evaluate_all("links => links.map(link => link.href)")
    return [link.split("#")[0].split("?")[0].rstrip("/").rpartition("/")[2] for link in links][:number]


def missed(page: Page, wanted: list[tuple[str, str]], how: str, number: int) -> list[str]:
    """What was pasted and did not find its page among the first results of that number, with what came instead."""
    misses = []
    for slug, text in wanted:
        paste(page, text, how)
        found = results(page, number)
        if slug not in found:
            misses.append(f"{text.strip().splitlines()[-1]!r} should find {slug}, found {found}")
    return misses


def test_without_the_dictionary_the_search_goes_on_and_asks_for_it_again(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route("**/errors.json", lambda route: route.abort())
    page.goto(address + "answers/create-a-pool/")
    box = page.locator(".md-search__input")
    box.focus()
    with page.expect_event("requestfailed"):
        box.press_sequentially("shared memory", delay=5)
    assert results(page, 1)
    page.unroute_all()
    box.fill("")
    with page.expect_response("**/errors.json"):
        box.press_sequentially("BrokenProcessPool: A process", delay=5)
    page.wait_for_function(f"() => document.querySelector({RESULTS!r})?.href.includes('broken-process-pool')")
    page.close()


@pytest.fixture
def box(visit) -> Page:
    """A page whose search has been opened, and which may use the clipboard."""
    page = visit(
        "answers/create-a-pool/",
        viewport={"width": 1280, "height": 800},
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.locator(".md-search__input").focus()
    return page


@pytest.mark.parametrize("how", ["Ctrl+V", "no key"])
def test_the_last_line_finds_its_page_first(box, how):
    assert missed(box, LINES, how, 1) == []


@pytest.mark.parametrize("how", ["Ctrl+V", "no key"])
def test_a_whole_traceback_finds_its_page_among_the_first_three(box, how):
    assert missed(box, WHOLE, how, 3) == []


def test_a_symptom_finds_its_page_among_the_first_three(box):
    assert missed(box, SYMPTOMS, "Ctrl+V", 3) == []


def test_every_page_of_the_dictionary_is_searched_for():
    pages = {page.stem for page in (DOCS / "errors").glob("*.md")} - {"index", "changed-in-3-14-and-3-15"}
    assert pages - {slug for slug, _ in [*LINES, *WHOLE, *SYMPTOMS]} == set()


def test_the_box_of_the_index_finds_it_too(visit):
    page = visit("errors/", viewport={"width": 360, "height": 800})
    page.locator("[data-paste] textarea").fill(INTERLEAVED)
    first = page.locator("[data-paste] ol a").first
    first.wait_for()
    assert first.get_attribute("href").endswith("errors/nameerror-in-worker/")
    page.locator("[data-paste] textarea").fill("KeyboardInterrupt of a zebra")
    page.get_by_text("No page here has this message.").wait_for()
