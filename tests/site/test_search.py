"""The search finds the page of a pasted error: its last line first of all, a whole traceback among the first three."""

import pytest

from .test_browser import visit  # noqa: F401: a fixture

# (page, the line that a reader copies: other names, numbers and addresses than the page's own)
LINES = [
    ("daemonic-processes-children", "AssertionError: daemonic processes are not allowed to have children"),
    ("filenotfounderror-semlock-rebuild", "FileNotFoundError: [Errno 2] No such file or directory"),
    ("function-not-implemented", "OSError: [Errno 38] Function not implemented"),
    ("maybe-encoding-error", "multiprocessing.pool.MaybeEncodingError: Error sending result: '<generator object scan at 0x7f31aa00b2e0>'. Reason: 'TypeError(\"cannot pickle 'generator' object\")'"),
    ("missing-positional-argument", "TypeError: load_rows() missing 1 required positional argument: 'table'"),
    ("missing-positional-argument", "TypeError: fetch() takes 1 positional argument but 7 were given"),
    ("nameerror-in-worker", "NameError: name 'settings' is not defined"),
    ("pool-not-running", "ValueError: Pool not running"),
    ("pool-not-running", "ValueError: Pool is still running"),
    ("shared-through-inheritance", "RuntimeError: Lock objects should only be shared between processes through inheritance"),
    ("shared-through-inheritance", "RuntimeError: Queue objects should only be shared between processes through inheritance"),
    ("too-many-open-files", "OSError: [Errno 24] Too many open files: '/var/data/part-0017.csv'"),
    ("unclosed-running-pool", "/usr/lib/python3.12/multiprocessing/pool.py:268: ResourceWarning: unclosed running multiprocessing pool <multiprocessing.pool.Pool state=RUN pool_size=8>"),
]  # fmt: skip

REMOTE = '''multiprocessing.pool.RemoteTraceback: 
"""
Traceback (most recent call last):
  File "/usr/lib/python3.12/multiprocessing/pool.py", line 125, in worker
    result = (True, func(*args, **kwds))
                    ^^^^^^^^^^^^^^^^^^^
  File "/srv/etl/run.py", line 31, in convert
    return Row(raw)
TypeError: Row.__init__() missing 1 required positional argument: 'units'
"""

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/etl/run.py", line 58, in <module>
    rows = pool.map(convert, lines)
           ^^^^^^^^^^^^^^^^^^^^^^^^
TypeError: Row.__init__() missing 1 required positional argument: 'units'
'''
CHAINED = """Traceback (most recent call last):
  File "C:\\jobs\\main.py", line 12, in start
    queue.put(lock)
RuntimeError: Lock objects should only be shared between processes through inheritance

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "C:\\jobs\\main.py", line 19, in <module>
    start()
  File "C:\\jobs\\main.py", line 15, in start
    pool.map(work, items)
ValueError: Pool not running
"""
INTERLEAVED = """Process SpawnProcess-2:
Process SpawnProcess-1:
Traceback (most recent call last):
Traceback (most recent call last):
  File "/opt/py/lib/python3.14/multiprocessing/process.py", line 313, in _bootstrap
    self.run()
  File "/opt/py/lib/python3.14/multiprocessing/process.py", line 313, in _bootstrap
    self.run()
    ~~~~~~~~^^
NameError: name 'options' is not defined
    ~~~~~~~~^^
NameError: name 'options' is not defined
"""
SEMLOCK = """Traceback (most recent call last):
  File "<string>", line 1, in <module>
  File "/usr/lib/python3.14/multiprocessing/spawn.py", line 122, in spawn_main
    exitcode = _main(fd, parent_sentinel)
  File "/usr/lib/python3.14/multiprocessing/synchronize.py", line 115, in __setstate__
    self._semlock = _multiprocessing.SemLock._rebuild(*state)
                    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~^^^^^^^^
FileNotFoundError: [Errno 2] No such file or directory
"""
DAEMON = """Traceback (most recent call last):
  File "train.py", line 88, in <module>
    results = pool.map(fit, folds)
  File "/usr/lib/python3.11/multiprocessing/pool.py", line 774, in get
    raise self._value
AssertionError: daemonic processes are not allowed to have children
"""
WHOLE = [
    ("missing-positional-argument", REMOTE),
    ("pool-not-running", CHAINED),
    ("nameerror-in-worker", INTERLEAVED),
    ("filenotfounderror-semlock-rebuild", SEMLOCK),
    ("daemonic-processes-children", DAEMON),
]


def found(page, slug: str) -> list[str]:
    """The addresses of the results, once the wanted one is among them (or ten seconds have passed)."""
    page.wait_for_selector(".md-search-result__item", state="attached", timeout=10_000)
    page.wait_for_timeout(300)
    items = page.locator(".md-search-result__item .md-search-result__link:first-child")
    return [link.split("#")[0].split("?")[0] for link in items.evaluate_all("links => links.map(link => link.href)")]


def search(visit, text: str, how: str):  # noqa: F811
    page = visit("answers/create-a-pool/", viewport={"width": 1280, "height": 800}, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(".md-search__input").focus()
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
    return page


@pytest.mark.parametrize("how", ["Ctrl+V", "no key"])
@pytest.mark.parametrize("slug, line", LINES, ids=[line[:40] for _, line in LINES])
def test_the_last_line_finds_its_page_first(visit, slug, line, how):  # noqa: F811
    assert found(search(visit, line, how), slug)[0].endswith(f"/errors/{slug}/")


@pytest.mark.parametrize("how", ["Ctrl+V", "no key"])
@pytest.mark.parametrize("slug, text", WHOLE, ids=[slug for slug, _ in WHOLE])
def test_a_whole_traceback_finds_its_page_among_the_first_three(visit, slug, text, how):  # noqa: F811
    assert any(url.endswith(f"/errors/{slug}/") for url in found(search(visit, text, how), slug)[:3])


def test_the_box_of_the_index_finds_it_too(visit):  # noqa: F811
    page = visit("errors/", viewport={"width": 360, "height": 800})
    page.locator("[data-paste] textarea").fill(INTERLEAVED)
    first = page.locator("[data-paste] ol a").first
    first.wait_for()
    assert first.get_attribute("href").endswith("errors/nameerror-in-worker/")
    page.locator("[data-paste] textarea").fill("KeyboardInterrupt of a zebra")
    page.get_by_text("No page here has this message.").wait_for()
