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


def test_the_memory_of_a_whole_run_has_a_limit(browser: Browser, address: str):
    """A phone's, which is reached sooner."""
    context = browser.new_context(is_mobile=True, has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + PAGE)
    source = "import multiprocessing, time\n\ndef hoard():\n    kept = bytearray(8 * 10**8)\n    time.sleep(1000)\n\n"
    source += GUARD + "    all = [multiprocessing.Process(target=hoard) for _ in range(2)]\n"
    source += "    for one in all: one.start()\n    for one in all: one.join()\n"
    ended = program(page, source)
    assert ended.said == "Stopped: its processes took more than 1.5 GB of memory together."
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
    page.clock.run_for(20_000)
    assert "A process has been starting for 20 s" in page.locator(".live-status").inner_text()
    while "starting" in page.locator(".live-status").inner_text():
        page.clock.run_for(10_000)
    ended = result(page)
    assert "Its worker has done nothing for 5 minutes, and the browser does not say why" in ended.said
    assert next_one_runs(page)


def test_a_worker_that_takes_long_to_start_is_waited_for_while_any_gets_on(page):
    page.evaluate(SET, ["silence", 0])
    page.evaluate(START, ["print('never')", []])
    page.wait_for_function("() => document.querySelector('.live-status')?.textContent === 'Starting Python …'")
    for _ in range(5):
        page.clock.run_for(290_000)
        page.evaluate("() => { live.workers.passed++; }")
        page.clock.run_for(1_000)
    assert "A process has been starting for 1455 s" in page.locator(".live-status").inner_text()
    page.clock.run_for(310_000)
    assert "done nothing for 5 minutes" in result(page).said
    assert next_one_runs(page)


def test_a_worker_that_works_says_how_far_it_is(page):
    """Each stage is a sign that it gets on."""
    assert next_one_runs(page)
    assert page.evaluate("() => live.workers.passed") >= 4


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
