"""WebKit, the engine of Safari: as WPE, which needs no display, driven over WebDriver."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from .conftest import missing
from .tab import SECONDS, Tab

MISSING = (
    "no WebKit found: name WPEWebDriver in WEBKIT "
    "(Debian from forky on: apt-get install wpewebkit-webdriver; else .ci/run finds it)"
)

BROWSER = f"/usr/lib/{sysconfig.get_config_var('MULTIARCH')}/wpe-webkit-2.0/MiniBrowser"  # where Debian has it


def found() -> str | None:
    """The driver of WPE WebKit."""
    return os.environ.get("WEBKIT") or shutil.which("WPEWebDriver")


@contextlib.contextmanager
def webkit() -> Iterator["Session"]:
    """WebKit, started; the test is skipped if there is none, and fails then in CI."""
    program = found()
    if program is None:
        missing(MISSING)
    with launched(program) as session:
        yield session


class WebKitTab(Tab):
    """The only one."""

    def __init__(self, session: "Session") -> None:
        self.session = session

    def goto(self, address: str) -> None:
        self.session.send("POST", "/url", url=address)

    def call(self, function: str, argument: str) -> str:
        script = f"""const [argument, done] = arguments;
            ({function})(argument).then((value) => done({{ value }}), (error) => done({{ error: `${{error}}` }}));"""
        got = self.session.send("POST", "/execute/async", script=script, args=[argument])
        if "error" in got:
            raise RuntimeError(got["error"])
        return got["value"]

    def close(self) -> None:
        self.goto("about:blank")


class Session:
    """A browser that the driver has started."""

    def __init__(self, driver: str) -> None:
        wanted = {
            "timeouts": {"script": SECONDS * 1000, "pageLoad": SECONDS * 1000},
            "wpe:browserOptions": {"binary": BROWSER, "args": ["--automation", "--headless"]},
        }
        made = request("POST", f"{driver}/session", capabilities={"alwaysMatch": wanted})
        self.address = f"{driver}/session/{made['sessionId']}"
        self.version = made["capabilities"]["browserVersion"]

    def send(self, method: str, command: str, **parameters: object) -> dict:
        return request(method, self.address + command, **parameters)

    def tab(self) -> Tab:
        return WebKitTab(self)


def request(method: str, address: str, **parameters: object) -> dict:
    """The value that the driver answers. RuntimeError if it says that something went wrong."""
    body = json.dumps(parameters).encode() if method == "POST" else None
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, method=method), timeout=SECONDS) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        said = json.load(error)["value"]
        raise RuntimeError(f"{method} {address}: {said['error']}: {said['message']}") from None


@contextlib.contextmanager
def launched(program: str) -> Iterator[Session]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # The driver may run in a root of its own, which has no sandbox, and not this folder. Only the site under test is
    # opened.
    environment = os.environ | {
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        # The threads that compile have a low priority: on a busy machine Python would be interpreted for minutes.
        "JSC_useConcurrentJIT": "0",
    }
    # In a session of its own, which Linux gives its own share of the cores.
    process = subprocess.Popen(
        [program, f"--port={port}"], cwd=os.sep, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        driver = f"http://127.0.0.1:{port}"
        wait_for(driver, process)
        session = Session(driver)
        try:
            yield session
        finally:
            session.send("DELETE", "")
    finally:
        process.terminate()
        process.wait(SECONDS)


def wait_for(driver: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended with {process.returncode} before it listened")
        with contextlib.suppress(urllib.error.URLError):
            request("GET", f"{driver}/status")
            return
        time.sleep(0.05)
    raise TimeoutError(driver)
