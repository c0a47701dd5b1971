"""Editing a program in the page: what runs, what is kept, what a link brings, and what the reader is told."""

import html
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from byexample.run_buttons import codemirror, packages
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ..live import in_page, run
from .conftest import ROOT

pytestmark = pytest.mark.thorough

PAGE = "answers/create-a-process/"
NAME = "hello_process.py"
OTHER = "process_facts.py"
SOURCE = (ROOT / "snippets/answers" / NAME).read_text("utf-8")
MINE = 'print("grüße, 世界 🐍", "<b>&amp;</b>")\n'
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PACKED = in_page("packed")


@pytest.fixture
def context(browser: Browser):
    context = browser.new_context(**CLIPBOARD)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str):
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(address + PAGE)
    yield page
    assert page.errors == []


class Figure:
    """A program on the page, and its buttons."""

    def __init__(self, page: Page, name: str = NAME):
        self.page = page
        self.figure = page.locator("figure.example", has=page.locator(f'.file:text-is("{name}")'))
        self.edit = self.figure.locator("button.edit")
        self.editor = self.figure.locator(".cm-content")
        self.note = self.figure.locator(".note")

    def write(self, text: str) -> None:
        """Opens it if need be, and puts this in the place of all that it has."""
        if self.edit.inner_text() == "Edit":
            self.edit.click()
        self.editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text.removesuffix("\n"))

    def choose(self, text: str) -> None:
        self.figure.locator(".choices").get_by_role("button", name=text).click()

    @property
    def copied(self) -> str:
        self.figure.locator(".copy").click()
        self.figure.locator(".copy", has_text="Copied").wait_for()
        return self.page.evaluate("navigator.clipboard.readText()")

    def is_the_pages(self) -> bool:
        expect(self.edit).to_have_text("Edit")
        return (
            self.figure.locator(":scope > .highlight").is_visible()
            and not self.editor.is_visible()
            and self.copied == SOURCE
        )


def shared(figure: Figure) -> str:
    """The link that the reader gets."""
    figure.choose("Copy link")
    figure.note.get_by_text("The link is copied").wait_for()
    return figure.page.evaluate("navigator.clipboard.readText()")


def opened(context: BrowserContext, link: str, requests: list[str] | None = None) -> Page:
    page = context.new_page()
    if requests is not None:
        page.on("request", lambda request: requests.append(request.url))
    page.goto(link)
    return page


# -- run ---------------------------------------------------------------------------------------------------------


def test_what_the_reader_wrote_runs_and_says_so(page, address):
    figure = Figure(page)
    figure.write('print("mine")\n')
    assert run(page, NAME).output == "mine\n"
    assert (
        figure.figure.locator(".live-edited").inner_text()
        == f"Edited: {NAME}. Nothing on this page proves this output."
    )
    figure.edit.click()
    expect(figure.edit).to_have_text("Edit")
    told = figure.figure.locator(".live-edited")
    assert "changed since this run" in told.inner_text()
    assert run(page, NAME).output == "Hello from a process!\n"
    assert told.inner_text() == ""
    # A program that another one imports.
    Figure(page, "mended_package/worker.py").write("def print_hello():\n    print('an edited worker')\n")
    assert run(page, "mended_package/__main__.py").output == "an edited worker\nexit code: 0\n"
    assert "mended_package/worker.py" in page.locator(".live-edited:not(:empty)").inner_text()
    # From the keyboard, which stays in the editor.
    figure.write("print('by keyboard')\n")
    page.keyboard.press("ControlOrMeta+Enter")
    figure.figure.locator(".live .out").get_by_text("by keyboard").wait_for(timeout=240_000)
    assert figure.editor.evaluate("editor => editor === document.activeElement")
    assert figure.copied == "print('by keyboard')\n"


def test_the_edited_program_comes_on_standard_input(page, address):
    """If that is what the page's command says."""

    def with_stdin(route):
        body = route.fetch().text()
        piped = body.replace(
            html.escape(f'{{"arguments":["{NAME}"]}}'), html.escape(f'{{"arguments":[],"stdin":"{NAME}"}}')
        )
        assert piped != body
        route.fulfill(body=piped, content_type="text/html; charset=utf-8")

    page.route(address + PAGE, with_stdin)
    page.reload()
    Figure(page).write("import sys\nprint('mine', sys.argv)\n")
    assert run(page, NAME).output == "mine ['']\n"


# -- edit --------------------------------------------------------------------------------------------------------


def test_nothing_of_the_editor_comes_before_the_click(browser, address):
    context = browser.new_context()
    requests = []
    page = opened(context, address + PAGE, requests)
    page.wait_for_load_state("networkidle")
    assert page.locator("button.edit").count() > 5
    assert [url for url in requests if "/run/" in url or "codemirror" in url] == []
    Figure(page).edit.click()
    Figure(page).editor.wait_for()
    assert any("codemirror-view" in url for url in requests)
    assert [
        url for url in requests if not url.startswith(address.removesuffix("by-example/")) or "pyodide" in url
    ] == []
    context.close()


def test_the_editor_takes_the_place_of_the_code(page):
    """Each line stays where it was, but for parts of a pixel, and has the colours that it had."""
    looks = """figure => {
        const code = figure.querySelector(".cm-content") ?? figure.querySelector(".highlight code");
        const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
        const seen = [];
        for (let node; (node = walker.nextNode()); ) {
            const range = document.createRange();
            range.selectNode(node);
            const { left, top } = range.getBoundingClientRect();
            const { color, fontSize, fontFamily, fontWeight, fontStyle } = getComputedStyle(node.parentElement);
            const look = [color, fontSize, fontFamily, fontWeight, fontStyle, Math.round(top + scrollY)];
            for (const word of node.textContent.match(/[\\w"]+/g) ?? []) seen.push([word, ...look]);
        }
        return seen;
    }"""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.reload()
            figure = Figure(page)
            before = figure.figure.evaluate(looks)
            figure.edit.click()
            figure.editor.wait_for()
            added = figure.figure.locator(".bar").bounding_box()["height"]
            after = figure.figure.evaluate(looks)
            moved = after[0][-1] - before[0][-1]  # on a phone the bar may need a second line
            assert moved <= added / 2
            assert [one[:-1] for one in after] == [one[:-1] for one in before]
            assert all(abs(new[-1] - old[-1] - moved) <= 1 for new, old in zip(after, before, strict=True))
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_opening_and_closing_changes_nothing(page):
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for name in page.locator(".bar:has(button.edit) .file").all_inner_texts():
        figure = Figure(page, name)
        before = figure.copied
        figure.edit.click()
        expect(figure.edit).to_have_text("Close")
        assert figure.figure.evaluate("figure => !figure.classList.contains('edited')")
        page.keyboard.type("#")
        page.keyboard.press("Backspace")
        expect(figure.edit).to_have_text("Close")
        assert figure.copied == before
        figure.edit.click()
        expect(figure.edit).to_have_text("Edit")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('edited'))") == []


def test_reset_brings_back_the_pages_program(page):
    figure = Figure(page)
    figure.write(MINE)
    assert figure.copied == MINE
    assert figure.edit.inner_text() == "Reset" and "Edited by you" in figure.note.inner_text()
    figure.edit.click()
    assert figure.is_the_pages()
    page.reload()
    assert figure.is_the_pages()
    figure.write(MINE)
    figure.edit.click()
    expect(figure.edit).to_have_text("Edit")
    figure.edit.click()
    expect(figure.edit).to_have_text("Close")
    assert figure.note.inner_text() == ""
    page.keyboard.press("ControlOrMeta+z")  # who did not mean it
    assert figure.copied == MINE


def test_download_gives_what_is_shown(page):
    figure = Figure(page)
    figure.write(MINE)
    with page.expect_download() as download:
        figure.figure.locator(".file").click()
    assert download.value.suggested_filename == NAME
    assert Path(download.value.path()).read_text("utf-8") == MINE
    figure.edit.click()
    expect(figure.edit).to_have_text("Edit")
    with page.expect_download() as download:
        figure.figure.locator(".file").click()
    assert Path(download.value.path()).read_text("utf-8") == SOURCE


def test_what_the_page_says_of_its_program_it_does_not_say_of_the_readers(page):
    figure = Figure(page, "no_guard.py")
    assert figure.figure.locator(".verdict").inner_text() == "This fails"
    figure.write(MINE)
    mark = figure.figure.locator(".verdict:visible")
    assert mark.all_inner_texts() == ["Edited"]
    assert mark.evaluate("mark => getComputedStyle(mark, '::before').content") == "none"  # and no cross
    figure.edit.click()
    expect(figure.edit).to_have_text("Edit")
    assert figure.figure.locator(".verdict:visible").all_inner_texts() == ["This fails"]


def test_tab_indents_until_escape(page):
    figure = Figure(page)
    figure.write("if True:")
    page.keyboard.press("Enter")
    page.keyboard.type("pass")
    page.keyboard.press("Tab")
    assert figure.copied == "if True:\n        pass\n"
    figure.editor.focus()
    page.keyboard.press("Shift+Tab")
    assert figure.copied == "if True:\n    pass\n"
    figure.editor.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not figure.editor.evaluate("editor => editor.contains(document.activeElement)")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    page.keyboard.press("Shift+Tab")
    assert figure.editor.evaluate("editor => editor.contains(document.activeElement)")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.classList.contains('copy')")
    described = figure.editor.get_attribute("aria-describedby")
    assert "Escape, then Tab" in page.locator(f"#{described}").inner_text()
    assert figure.copied == "if True:\n    pass\n"


def test_an_open_editor_is_accessible(page):
    Figure(page).write("def f(x):\n    return f'{x!r}', 12, None  # a comment\n")
    Figure(page, OTHER).edit.click()
    Figure(page, OTHER).editor.wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": 360, "height": 800})
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        assert results.violations_count == 0, results.generate_report()


def test_an_editor_that_does_not_load_is_told(page):
    held = []
    page.route("**/codemirror/*", lambda route: held.append(route))
    figure = Figure(page)
    figure.edit.click()
    expect(figure.edit).to_have_attribute("aria-busy", "true")
    page.route("**/codemirror/*", lambda route: route.abort())
    for route in held:
        route.abort()
    expect(figure.edit).to_have_text("Not loaded")
    expect(figure.edit).not_to_have_attribute("aria-busy", "true")
    assert len(page.errors) == 1
    page.errors.clear()
    expect(figure.edit).to_have_text("Edit")
    assert figure.copied == SOURCE
    # The connection is back, and the reader clicks twice while it loads.
    held.clear()
    page.route("**/codemirror/*", lambda route: held.append(route))
    figure.edit.click()
    figure.edit.click()
    page.route("**/codemirror/*", lambda route: route.continue_())
    for route in held:
        route.continue_()
    expect(figure.edit).to_have_text("Close")
    assert figure.editor.is_visible()


# -- kept --------------------------------------------------------------------------------------------------------


def test_an_edited_program_survives_a_reload(page):
    figure = Figure(page)
    figure.write(MINE)
    Figure(page, OTHER).write("print(1)\n")
    assert "stays in this browser" in figure.note.inner_text()
    page.reload()
    figure.note.wait_for()
    assert figure.copied == MINE
    assert Figure(page, OTHER).copied == "print(1)\n"
    assert "stays in this browser" in figure.note.inner_text()
    assert page.locator(".cm-content").count() == 2  # and no other program


STORAGE = {
    "full": "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };",
    "refused": """Object.defineProperty(window, 'localStorage', {
        get() { throw new DOMException('', 'SecurityError'); },
    });""",
}


@pytest.mark.parametrize("refuse", STORAGE.values(), ids=STORAGE)
def test_without_storage_it_works_until_the_page_is_left(context, address, refuse):
    page = context.new_page()
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {refuse} }})")
    page.goto(address + PAGE)
    figure = Figure(page)
    figure.write(MINE)
    assert figure.copied == MINE
    assert "does not keep it" in figure.note.inner_text()
    figure.edit.click()
    assert figure.is_the_pages()
    figure.write(MINE)
    page.reload()
    assert figure.is_the_pages()


def test_a_version_of_an_older_program_is_kept_and_says_so(page):
    figure = Figure(page)
    figure.write(MINE)
    page.evaluate("""() => {
        const key = Object.keys(localStorage).find((key) => key.startsWith("edited"));
        const before = { ...JSON.parse(localStorage[key]), page: "print('what the page had')\\n" };
        localStorage.setItem(key, JSON.stringify(before));
    }""")
    page.reload()
    figure.note.get_by_text("has changed since").wait_for()
    assert figure.copied == MINE
    figure.edit.click()
    assert figure.is_the_pages()


def test_a_version_that_cannot_be_shown_is_told(page):
    Figure(page).write(MINE)
    page.route("**/codemirror/*", lambda route: route.abort())
    page.reload()
    page.get_by_role("alert").get_by_text("could not be loaded").wait_for()
    assert Figure(page).is_the_pages()
    assert len(page.errors) == 1
    page.errors.clear()


def test_a_record_that_is_none_is_passed_over(page):
    figure = Figure(page)
    page.evaluate("name => localStorage.setItem(`edited ${location.pathname} ${name}`, '{\"text\": 7')", NAME)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert figure.is_the_pages()


# -- shared ------------------------------------------------------------------------------------------------------

LONG = "".join(f"print({number}, 'ä→世🐍', {number * 7919 % 1000003})\n" for number in range(100))


@pytest.mark.parametrize("text", [MINE, LONG, "\n", "x = '\x00\u202e\u2028'"], ids=["unicode", "3 KB", "empty", "odd"])
def test_a_link_brings_what_was_shared_and_runs_nothing(page, browser, text):
    figure = Figure(page)
    figure.write(text)
    link = shared(figure)
    assert link.startswith(page.url + "#edited=")
    sent = figure.copied
    elsewhere = browser.new_context(**CLIPBOARD)
    requests = []
    theirs = Figure(opened(elsewhere, link, requests))
    theirs.note.get_by_text("came with a link and is not the site's").wait_for()
    assert theirs.copied == sent
    assert theirs.figure.locator(".verdict.mine").inner_text() == "From a link"
    assert theirs.figure.evaluate("figure => figure.getBoundingClientRect().top < innerHeight")
    theirs.page.wait_for_load_state("networkidle")
    assert [url for url in requests if "pyodide" in url or "panel.js" in url] == []
    assert theirs.figure.locator(".live").count() == 0
    assert theirs.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('edited'))") == []
    theirs.edit.click()
    assert theirs.is_the_pages() and "#" not in theirs.page.url
    elsewhere.close()


def test_what_came_with_a_link_is_the_readers_once_it_is_changed(page, context, address):
    link = page.url + page.evaluate(PACKED, [NAME, MINE])
    figure = Figure(opened(context, link))
    figure.note.get_by_text("came with a link and is not").wait_for()
    figure.editor.click()
    figure.page.keyboard.press("ControlOrMeta+End")
    figure.page.keyboard.type("  # and mine")
    assert "you changed it" in figure.note.inner_text() and "#" not in figure.page.url
    figure.page.reload()
    figure.note.get_by_text("came with a link, and you changed it").wait_for()
    assert figure.copied == MINE.rstrip("\n") + "  # and mine\n"


def test_a_link_does_not_take_the_place_of_what_the_reader_has(page):
    figure = Figure(page)
    figure.write("print('my own')\n")
    follow = "fragment => { location.hash = fragment; }"
    link = page.evaluate(PACKED, [NAME, MINE])
    page.evaluate(follow, link)
    figure.note.get_by_text("Your own version is still kept").wait_for()
    assert figure.copied == MINE
    figure.editor.click()
    page.keyboard.type("  ")  # changing it is no answer
    assert "Your own version is still kept; this one is not" in figure.note.inner_text()
    figure.choose("Back to mine")
    assert figure.copied == "print('my own')\n" and "#" not in page.url
    page.evaluate(follow, link)
    figure.note.get_by_text("Your own version is still kept").wait_for()
    figure.edit.click()
    assert figure.is_the_pages()
    page.reload()
    figure.note.get_by_text("Edited by you").wait_for()
    assert figure.copied == "print('my own')\n"
    page.evaluate(follow, link)
    figure.choose("Keep this one")
    assert figure.copied == MINE
    page.reload()
    figure.note.get_by_text("came with a link").wait_for()
    assert figure.copied == MINE


def bomb(page: Page) -> str:
    """50 MB of spaces, in a link of 70 KB."""
    packed = page.evaluate("""async () => {
        const packing = new Blob([" ".repeat(50_000_000)]).stream().pipeThrough(new CompressionStream("deflate"));
        const bytes = new Uint8Array(await new Response(packing).arrayBuffer());
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    }""")
    return "#edited=" + packed.replace("+", "-").replace("/", "_").rstrip("=")


@pytest.mark.parametrize(
    "fragment, said",
    [
        (lambda page: "#edited=", "not all of it has arrived"),
        (lambda page: "#edited=%00§", "not all of it has arrived"),
        (lambda page: page.evaluate(PACKED, [NAME, MINE])[:-6], "not all of it has arrived"),
        (lambda page: page.evaluate(PACKED, [NAME, None]), "not all of it has arrived"),
        (
            lambda page: page.evaluate(PACKED, ["<img src=x onerror=alert(1)>.py", MINE]),
            "cannot be edited on this page",
        ),
        (bomb, "not all of it has arrived"),
    ],
    ids=["nothing", "no base64", "cut off", "no text", "no such program", "a bomb"],
)
def test_a_broken_link_says_so_and_changes_nothing(page, fragment, said):
    page.evaluate("fragment => { location.hash = fragment; }", fragment(page))
    page.locator(".edit-complaint", has_text=said).wait_for()
    assert Figure(page).is_the_pages()
    assert page.locator("img[src=x], .cm-content").count() == 0


NOISE = "".join(f"{number * 2654435761 % 4294967296:08x}" for number in range(5000))


@pytest.mark.parametrize("text", [f'"{NOISE}"\n', f"# {'-' * 1000}\n" * 110], ids=["as a link", "for who opens it"])
def test_what_is_too_long_for_a_link_says_so(page, text):
    figure = Figure(page)
    figure.write(text)
    figure.choose("Copy link")
    figure.note.get_by_text("too long for a link").wait_for()


def test_a_browser_that_cannot_make_links_says_so(page):
    page.evaluate("delete window.CompressionStream")
    figure = Figure(page)
    figure.write(MINE)
    figure.choose("Copy link")
    figure.note.get_by_text("This browser cannot make links").wait_for()


@pytest.mark.parametrize(
    "lack",
    [
        "delete Navigator.prototype.clipboard",
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
    ],
)
def test_what_cannot_be_copied_says_so(page, lack):
    page.evaluate(f"() => {{ {lack}; }}")
    page.locator(".example .copy").first.click()
    page.locator(".said", has_text="does not let this page copy").wait_for()
    assert page.locator(".example .copy").first.inner_text() == "Not copied"


def test_a_link_that_cannot_be_copied_is_shown(page, browser):
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    figure = Figure(page)
    figure.write(MINE)
    figure.choose("Copy link")
    link = figure.note.get_by_role("link", name="this one")
    assert re.fullmatch(r".*#edited=[\w-]+", link.get_attribute("href"))


# -- build -------------------------------------------------------------------------------------------------------


def test_the_editor_is_published_whole_and_with_its_licences(site):
    folder = site / codemirror.ADDRESS
    licences = (folder / "LICENCES.txt").read_text("utf-8")
    modules = codemirror.needed(ROOT)
    for package in modules:
        assert f"{package} {packages.versions(ROOT)[package]}" in licences
    assert licences.count("Permission is hereby granted") == len(modules) == len(list(folder.glob("*.js")))
    for file in [*folder.glob("*.js"), site / codemirror.EDITOR]:
        for name in re.findall(
            r"""^(?:import|export)[^;'"]*?(?:from\s*)?['"]([^'"]+)['"];""", file.read_text("utf-8"), re.MULTILINE
        ):
            assert (file.parent / name).is_file(), f"{file.name} imports {name}"


def test_buttons_of_what_cannot_run(site):
    """Nothing would run: there is no Edit, and Copy and Download are as everywhere."""
    page = BeautifulSoup((site / "answers/what-is-multiprocessing/index.html").read_text("utf-8"), "html.parser")
    (bar,) = [bar for bar in page.select(".bar") if bar.select_one(".file").text == "cpu_share.py"]
    assert bar.has_attr("data-cannot") and not bar.has_attr("data-run") and bar.select_one("a.file[download]")
