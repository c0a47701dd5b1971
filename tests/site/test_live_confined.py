"""What a program that runs in the page can touch, and what it cannot reach: the network, storage, the rest of the site.

Two things keep it in, and each does so alone: the list of what a program may touch (allowed.js), and the page's
Content-Security-Policy. With neither, the same attempts arrive.
"""

import contextlib
import functools
import re
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from ..live import in_page, ran_so_far
from . import webkit
from .conftest import FLAGS, SUB_PATH, Handler, chromium, served
from .firefox import firefox
from .tab import Tab
from .test_live import PAGE, RESULT, START

pytestmark = pytest.mark.thorough

OTHER_PROJECT = "/other-project/"  # at the same origin, as on USER.github.io
ALLOWED = in_page("allowed")


class Site(Handler):
    """The site, and an empty page of another project beside it."""

    policy, allow_list = True, True

    def do_GET(self):
        file = Path(self.translate_path(self.path))
        if self.path == OTHER_PROJECT:
            self.answer("<!doctype html><title>Another project</title>", "text/html")
        elif not self.policy and (page := file / "index.html").is_file():
            text = page.read_text("utf-8")
            without, found = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
            assert found == 1, self.path
            self.answer(without, "text/html")
        elif not self.allow_list and file.name == "allowed.js":
            self.answer("export function confine() {}", "text/javascript")
        else:
            super().do_GET()

    def answer(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class WithoutPolicy(Site):
    policy = False


class WithoutAllowList(Site):
    allow_list = False


class WithNeither(WithoutPolicy, WithoutAllowList):
    pass


@contextlib.contextmanager
def chromium_with(browser: Browser, profile: Path) -> Iterator[Page]:
    context = browser.browser_type.launch_persistent_context(profile, executable_path=chromium(), args=FLAGS)
    yield context.new_page()
    context.close()


@contextlib.contextmanager
def tab_of(started) -> Iterator[Tab]:
    with started as session:
        yield session.tab()


@pytest.fixture(params=["Chromium", "Firefox", "WebKit"])
def start(request, tmp_path: Path) -> Callable[[], contextlib.AbstractContextManager]:
    """Starts the browser, each time with the same profile, and opens a tab. WebKit keeps no profile."""
    if request.param == "Chromium":
        return functools.partial(chromium_with, request.getfixturevalue("browser"), tmp_path)
    if request.param == "Firefox":
        return lambda: tab_of(firefox(tmp_path))
    if webkit.found() is None:
        pytest.skip(webkit.MISSING)  # in CI too: the systems there have none, but .ci/run and a job of its own do
    return lambda: tab_of(webkit.webkit())


def output(tab: Tab | Page, source: str) -> list[str]:
    """The lines that this program prints, which ends by itself."""
    tab.evaluate(START, [source, []])
    ran = ran_so_far(tab.evaluate(RESULT) | {"running": False, "said": ""})
    assert ran.status == 0, ran.output
    return ran.lines


# -- what it can touch -------------------------------------------------------------------------------------------------

# Prints each name that is there, behind what has it: along the chain of prototypes up to the language's own.
NAMES = """
import js
from js import Array, Error, Function, Object, Reflect, String

def names(path, thing, *ends):
    while thing not in ends:
        for key in Reflect.ownKeys(thing):
            found = Reflect.getOwnPropertyDescriptor(thing, key)
            if found.configurable or type(getattr(found, "value", None)) is not int:  # else a constant: it does nothing
                print(path, key if type(key) is str else String(key))
        thing = Reflect.getPrototypeOf(thing)

names("self", js.globalThis, Object.prototype)
for name in ("performance", "crypto", "console", "navigator", "location", "WebAssembly"):
    names(name, getattr(js, name), Object.prototype)
for name in ("TextDecoder", "TextEncoder", "URL", "DOMException", "WorkerGlobalScope"):
    names(name, getattr(js, name), Function.prototype)
    names(name + ".prototype", getattr(js, name).prototype, Object.prototype, Error.prototype)
chain = Reflect.getPrototypeOf(js.globalThis)
print("constructor", js.globalThis.constructor == Object, chain.constructor == Object)
for made in ("globalThis", "self"):
    print(made, getattr(js, made) == js.globalThis)
for kind in (js.parseInt, js.Function, js.Function.prototype.call):
    try:
        kind.constructor.new("return 1")
        print("made code")
    except BaseException as error:
        print("refused", error)
"""


def test_a_program_can_touch_what_is_listed_and_nothing_else(start, address):
    with start() as tab:
        tab.goto(address + PAGE)
        listed = {f"{path} {name}" for path, names in tab.evaluate(ALLOWED).items() for name in names}
        for _ in range(2):  # in the worker that records the image of Python, and in one that starts from it
            found = output(tab, NAMES)
            *names, constructor, of_self, _, one, two, three = found
            assert set(names) - listed == set()
            assert {"self Object", "navigator userAgent", "URL.prototype href"} <= set(names)
            assert (constructor, of_self) == ("constructor True True", "globalThis True")
            assert [one, two, three] == ["refused EvalError: a program cannot make JavaScript of text"] * 3


FUTURE = """
WorkerGlobalScope.prototype.futureNetwork = () => {};
EventTarget.prototype.futureStorage = {};
Object.defineProperty(WorkerNavigator.prototype, "futureDevice", { get: () => ({}), configurable: true });
WebAssembly.futureImport = () => {};
URL.futureAddress = () => {};
URL.prototype[Symbol("future")] = () => {};
"""
LASTING = 'Object.defineProperty(WorkerGlobalScope.prototype, "lasting", { value: {} });\n'


def with_prefix(page: Page, script: str) -> None:
    """Lets each worker of the page begin with this script."""

    def fulfill(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=script + response.text())

    page.route("**/run/worker.js", fulfill)


def test_what_a_browser_adds_later_is_taken_away_too(browser, address):
    page = browser.new_page()
    with_prefix(page, FUTURE)
    page.goto(address + PAGE)
    assert [line for line in output(page, NAMES) if "uture" in line] == []
    page.close()


def test_nothing_runs_where_it_cannot_be_taken_away(browser, address):
    page = browser.new_page()
    with_prefix(page, LASTING)
    page.goto(address + PAGE)
    page.evaluate(START, ["print('never')", []])
    ended = page.evaluate(RESULT)
    assert ended["stdout"] == ""
    assert "this browser does not let lasting be kept from programs" in page.locator(".live-status").inner_text()
    page.close()


# -- the network -------------------------------------------------------------------------------------------------------


class Canary:
    """Listens on a port of TCP and UDP, and notes who comes: the path that is asked for, else `udp`."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        while True:
            self.tcp = socket.create_server(("127.0.0.1", 0))
            self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            with contextlib.suppress(OSError):  # somebody else has this port for UDP: another one
                self.udp.bind(self.tcp.getsockname())
                break
            self.tcp.close()
            self.udp.close()
        self.host = f"127.0.0.1:{self.tcp.getsockname()[1]}"
        for listen in (self.listen, self.listen_udp):
            threading.Thread(target=listen, daemon=True).start()

    def listen(self) -> None:
        with contextlib.suppress(OSError):  # closed: the test is over
            while True:
                threading.Thread(target=self.answer, args=self.tcp.accept()[:1], daemon=True).start()

    def answer(self, connection: socket.socket) -> None:
        with connection:
            request = connection.recv(65_536).decode("latin-1")
            self.heard.append(request.split(" ")[1] if request[:4] in ("GET ", "POST", "OPTI") else "tcp")
            headers = "Access-Control-Allow-Origin: *\r\nContent-Type: text/javascript\r\nContent-Length: 0\r\n"
            connection.sendall(f"HTTP/1.1 200 OK\r\n{headers}Connection: close\r\n\r\n".encode())

    def listen_udp(self) -> None:
        with contextlib.suppress(OSError):
            while self.udp.recv(65_536):
                self.heard.append("udp")

    def paths(self) -> list[str]:
        """All that came until now: this asks for a last one itself, which then is there."""
        urllib.request.urlopen(f"http://{self.host}/last").close()
        return sorted({path.removeprefix("/") for path in self.heard} - {"last"})

    def close(self) -> None:
        for listening in (self.tcp, self.udp):
            listening.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


# Every way to another host that a worker's JavaScript has; Python reaches it through the module js. Each is given time
# to be refused.
REACHES = """
import asyncio, js, time
from multiprocessing_workers.threads import browsers_loop
from pyodide.ffi import create_proxy, to_js

asyncio._set_running_loop(browsers_loop)  # Pyodide hears of promises in none but the browser's

def wait(done):
    end = time.monotonic() + 5
    while not done() and time.monotonic() < end:
        time.sleep(0.02)

def settled(promise):
    outcome = []
    promise.then(create_proxy(lambda value: outcome.append(None)), create_proxy(lambda error: outcome.append(error)))
    wait(lambda: outcome)
    return promise

def options(**given):
    return to_js(given, dict_converter=js.Object.fromEntries)

def synchronously(name):
    request = js.XMLHttpRequest.new()
    request.open("GET", url(name), False)
    request.send()

def socket(url):
    made = js.WebSocket.new(url.replace("http", "ws"))
    wait(lambda: made.readyState != 0)

def events(url):
    made = js.EventSource.new(url)
    wait(lambda: made.readyState != 0)

def worker(url):
    script = js.Blob.new(to_js([f"fetch('{url}').finally(() => postMessage(0))"]))
    made, heard = js.Worker.new(js.URL.createObjectURL(script)), []
    made.onmessage = made.onerror = create_proxy(lambda event: heard.append(event))
    wait(lambda: heard)

def cached(url):
    opened = []
    js.caches.open("stolen").then(create_proxy(lambda cache: opened.append(settled(cache.add(url)))))
    wait(lambda: opened)

def booted(base):
    message = options(data=options(type="boot", assets=options(), base=base))
    js.self.dispatchEvent(js.MessageEvent.new("message", message))
    time.sleep(0.5)

def from_pyodide(url):
    from pyodide.http import _pyfetch
    settled(_pyfetch._jsfetch(url))

def timer(url):
    js.setTimeout(f"fetch('{url}')", 0)
    time.sleep(0.5)

def font(url):
    settled(js.FontFace.new("stolen", f"url({url})").load())

def transport(url):
    settled(js.WebTransport.new(url.replace("http", "https")).ready)

def sockets():
    import urllib.request
    urllib.request.urlopen(url("urllib"), timeout=5)

def url(name):
    return "http://HOST/" + name

attempts = {
    "fetch": lambda: settled(js.fetch(url("fetch"))),
    "no-cors": lambda: settled(js.fetch(url("no-cors"), options(mode="no-cors"))),
    "keepalive": lambda: settled(js.fetch(url("keepalive"), options(method="POST", keepalive=True))),
    "prototype": lambda: settled(js.WorkerGlobalScope.prototype.fetch.call(js.self, url("prototype"))),
    "pyodide": lambda: from_pyodide(url("pyodide")),
    "XMLHttpRequest": lambda: synchronously("XMLHttpRequest"),
    "EventSource": lambda: events(url("EventSource")),
    "WebSocket": lambda: socket(url("WebSocket")),
    "WebTransport": lambda: transport(url("WebTransport")),
    "Function": lambda: settled(js.Function.new("url", "return import(url)")(url("Function"))),
    "eval": lambda: settled(js.eval("(url) => import(url)")(url("eval"))),
    "constructor": lambda: settled(js.parseInt.constructor.new("url", "return import(url)")(url("constructor"))),
    "timer": lambda: timer(url("timer")),
    "boot": lambda: booted(url("boot/")),
    "Worker": lambda: worker(url("Worker")),
    "caches": lambda: cached(url("caches")),
    "FontFace": lambda: font(url("FontFace")),
    "urllib": sockets,
}
for name, attempt in attempts.items():
    try:
        attempt()
        print(name, "was tried")
    except BaseException as error:
        print(name, "was refused", repr(error)[:200])
"""


ARRIVE = {
    *("fetch", "no-cors", "keepalive", "prototype", "pyodide", "XMLHttpRequest", "EventSource", "WebSocket"),
    *("Function", "eval", "constructor", "timer", "boot/pyodide.mjs", "Worker", "caches"),
}
# Of WebTransport and the font of a worker. WebKit has no WebTransport, and asks for no font.
ARRIVE_TOO = {"Chromium": {"FontFace"}, "Firefox": {"FontFace", "udp"}, "WebKit": set()}


@pytest.mark.longest
def test_no_attempt_reaches_another_host(start, site, canary, request):
    source = REACHES.replace("HOST", canary.host)
    with start() as tab:
        for handler in (Site, WithoutPolicy, WithoutAllowList):
            with served(site, handler) as address:
                tab.goto(address + PAGE)
                tried = output(tab, source)
                assert len(tried) == 18
                assert canary.paths() == [], (handler, tried)
        with served(site, WithNeither) as address:
            tab.goto(address + PAGE)
            tried = output(tab, source)
        browser = request.node.callspec.params["start"]
        assert (ARRIVE | ARRIVE_TOO[browser]) - set(canary.paths()) == set(), tried


# -- storage -----------------------------------------------------------------------------------------------------------

# Every storage that a worker has: each is to hold something of the name `left`.
KEEPS = """
import asyncio, js, time
from multiprocessing_workers.threads import browsers_loop
from pyodide.ffi import create_proxy, to_js

asyncio._set_running_loop(browsers_loop)
create = to_js({"create": True}, dict_converter=js.Object.fromEntries)

def wait(outcome):
    end = time.monotonic() + 10
    while not outcome and time.monotonic() < end:
        time.sleep(0.02)
    return outcome[0]

def result(promise):
    outcome = []
    promise.then(create_proxy(outcome.append), create_proxy(outcome.append))
    return wait(outcome)

def database():
    opening, outcome = js.indexedDB.open("left"), []
    opening.onsuccess = opening.onerror = create_proxy(outcome.append)
    wait(outcome)

attempts = {
    "indexedDB": database,
    "caches": lambda: result(js.caches.open("left")),
    "files": lambda: result(result(js.navigator.storage.getDirectory()).getFileHandle("left", create)),
    "buckets": lambda: result(js.navigator.storageBuckets.open("left")),
    "sandbox": lambda: js.webkitRequestFileSystemSync(1, 2**20).root.getFile("left", create),
}
for name, attempt in attempts.items():
    try:
        attempt()
        print(name, "was tried")
    except BaseException as error:
        print(name, "was refused", repr(error)[:200])
"""

# What an origin's pages find; those of every project below it.
LEFT = """async () => {
    const left = Object.keys(localStorage).map((name) => `localStorage ${name}`);
    for (const { name } of await indexedDB.databases()) left.push(`indexedDB ${name}`);
    for (const name of await caches.keys()) left.push(`caches ${name}`);
    const folder = await navigator.storage?.getDirectory();
    for await (const name of folder?.keys() ?? []) left.push(`files ${name}`);
    for (const name of (await navigator.storageBuckets?.keys()) ?? []) left.push(`buckets ${name}`);
    if ("webkitRequestFileSystem" in window) {
        const { root } = await new Promise((resolve, reject) => webkitRequestFileSystem(1, 2**20, resolve, reject));
        const entries = await new Promise((resolve, reject) => root.createReader().readEntries(resolve, reject));
        for (const { name } of entries) left.push(`sandbox ${name}`);
    }
    return left.sort();
}"""
OWN = {"caches python-image"}  # of the page, which keeps it once it has the time
KEPT = {"indexedDB left", "caches left"}
KEPT_TOO = {"Chromium": {"files left", "buckets left", "sandbox left"}, "Firefox": {"files left"}, "WebKit": set()}


@pytest.mark.parametrize("handler", [Site, WithoutAllowList])
def test_nothing_that_a_program_keeps_is_left_for_another_visit(start, site, request, handler):
    """Or for a page of another project. Without the list of what it may touch, all of it is: the policy allows that."""
    with served(site, handler) as address:
        other = address.removesuffix(SUB_PATH) + OTHER_PROJECT
        with start() as tab:
            tab.goto(address + PAGE)
            output(tab, "print('an honest program')")
            tab.goto(other)
            before = tab.evaluate(LEFT)
            tab.goto(address + PAGE)
            tried = output(tab, KEEPS)
            tab.goto(other)
            after = tab.evaluate(LEFT)
        browser = request.node.callspec.params["start"]
        left = set() if handler is Site else KEPT | KEPT_TOO[browser]
        assert set(after) - set(before) - OWN == left, tried
        if browser == "WebKit":
            return  # one that a driver starts forgets all at its end
        with start() as tab:
            tab.goto(other)
            assert set(tab.evaluate(LEFT)) - OWN == set(after) - OWN
