"""Run where the browser lacks what it needs, or memory runs out: it says so, and the page stays usable."""

import pytest
from playwright.sync_api import Browser

from ..live import in_page
from .test_live import GUARD, PAGE, START, program, result

pytestmark = pytest.mark.thorough

LACKING = {
    "an older browser": ("delete WebAssembly.Suspending;", "Chrome 137, Edge 137, Firefox 153, Safari 27"),
    "half of it": ("delete WebAssembly.promising;", "On an iPhone or iPad, every browser needs iOS 27 or iPadOS 27"),
    "no WebAssembly": ("delete globalThis.WebAssembly;", "Lockdown Mode"),
    "no workers": ("addEventListener('load', () => delete globalThis.Worker);", "workers are switched off"),
}


@pytest.mark.parametrize(("script", "words"), LACKING.values(), ids=LACKING)
def test_a_browser_that_lacks_something_says_what_on_click(browser: Browser, address: str, script: str, words: str):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script(script)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address + PAGE, wait_until="load")
    example = page.locator(".example").first
    example.locator(".run").click()
    said = example.locator(".live-status")
    said.wait_for()
    assert words in said.inner_text()
    assert not example.locator(".live .terminal").is_visible()
    assert example.locator(".run").inner_text() == "Run"
    assert [url for url in requests if "pyodide" in url or "python.json" in url] == []
    example.locator(".copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == example.locator(".highlight code").text_content()
    assert example.locator("a[download]").count() == 1
    context.close()


def test_without_storage_or_compression_a_run_is_only_slower_to_start(browser: Browser, address: str):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "delete globalThis.caches; delete globalThis.CompressionStream; delete globalThis.DecompressionStream;"
    )
    page.goto(address + PAGE)
    assert program(page, "print(1)").output == "1\n"
    context.close()


def test_a_phone_has_few_cpus_and_a_hidden_page_keeps_no_workers(browser: Browser, address: str):
    context = browser.new_context(is_mobile=True, has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'hardwareConcurrency', { value: 8 });")
    page.goto(address + PAGE)
    assert program(page, "import os\nprint(os.cpu_count())").output == "2\n"
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { value: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    for _ in range(600):
        if not page.workers:
            break
        page.wait_for_timeout(50)
    assert page.workers == []
    assert program(page, "print('and the next one runs')").output == "and the next one runs\n"
    context.close()


SET = "([fault, good]) => Object.assign(window, { fault, good })"


@pytest.fixture
def page(browser: Browser, address: str):
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(address + PAGE)
    page.evaluate(in_page("breakWorkers"))
    yield page
    context.close()


def next_one_runs(page) -> bool:
    page.evaluate(SET, ["", 1000])
    return program(page, "print('and the next one runs')").output == "and the next one runs\n"


@pytest.mark.parametrize(
    ("fault", "words"), {"memory": "not enough memory for one more process", "throws": "nothing works"}.items()
)
def test_a_program_that_cannot_start_says_why(page, fault, words):
    page.evaluate(SET, [fault, 0])
    ended = program(page, "print('never')")
    assert ended.said.startswith("Stopped: ") and words in ended.said
    assert ended.output == ""
    assert next_one_runs(page)


def test_a_program_whose_worker_never_answers_ends(page):
    page.evaluate(SET, ["silence", 0])
    page.evaluate(START, ["print('never')", []])
    page.wait_for_function("() => document.querySelector('.live-status')?.textContent === 'Starting Python …'")
    while "Starting" in page.locator(".live-status").inner_text():
        page.clock.run_for(10_000)
    ended = result(page)
    assert "did not start in 60 seconds" in ended.said
    assert next_one_runs(page)


def test_where_memory_ends_for_a_child_the_run_ends(page):
    source = "import multiprocessing\n\n" + GUARD + "    print('begun', flush=True)\n"
    source += (
        "    all = [multiprocessing.Process(target=abs, args=(1,)) for _ in range(4)]\n"
        "    for one in all: one.start()\n    for one in all: one.join()\n"
    )
    page.evaluate(SET, ["memory", 3])
    ended = program(page, source)
    assert ended.output == "begun\n"
    assert "not enough memory for one more process" in ended.said
    assert ended.status == -15
    assert next_one_runs(page)
