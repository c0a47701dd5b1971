"""Firefox, driven over WebDriver BiDi, which it speaks itself.

Playwright has a BiDi client too, but one that sends what only the newest Firefox knows: the ESR refuses it. What these
tests need of the protocol is a handful of commands.
"""

import contextlib
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from websockets.sync.client import ClientConnection, connect

from .conftest import missing
from .tab import SECONDS, Tab

FIREFOX = ("firefox-esr", "firefox")
OLDEST = 153  # the first that suspends WebAssembly


@contextlib.contextmanager
def firefox(profile: Path) -> Iterator["Session"]:
    """Starts the Firefox of the system. Without one that is new enough, the test is skipped; in CI it fails."""
    program = found()
    if program is None:
        missing(f"no Firefox {OLDEST} or later found: install it (Debian: apt-get install firefox-esr)")
    with launched(program, profile) as session:
        yield session


def found() -> str | None:
    """The Firefox of the system, if it is new enough."""
    for program in filter(None, map(shutil.which, FIREFOX)):
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=SECONDS).stdout
        version = re.search(r"Firefox (\d+)", said)
        if version and int(version[1]) >= OLDEST:
            return program
    return None


class FirefoxTab(Tab):
    def __init__(self, session: "Session") -> None:
        self.session = session
        self.id = session.send("browsingContext.create", type="tab")["context"]

    def goto(self, address: str) -> None:
        self.session.send("browsingContext.navigate", context=self.id, url=address, wait="complete")

    def call(self, function: str, argument: str) -> str:
        got = self.session.send(
            "script.callFunction",
            functionDeclaration=function,
            awaitPromise=True,
            target={"context": self.id},
            arguments=[{"type": "string", "value": argument}],
            userActivation=True,
        )
        if got["type"] == "exception":
            raise RuntimeError(got["exceptionDetails"]["text"])
        return got["result"]["value"]

    def close(self) -> None:
        self.session.send("browsingContext.close", context=self.id)


class Session:
    """The only session of a Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.last = 0
        self.version = self.send("session.new", capabilities={})["capabilities"]["browserVersion"]

    def send(self, method: str, **parameters: object) -> dict:
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=SECONDS))
            if message.get("id") == self.last:
                break
        if message["type"] == "error":
            raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
        return message["result"]

    def tab(self) -> Tab:
        return FirefoxTab(self)


@contextlib.contextmanager
def launched(program: str, profile: Path) -> Iterator[Session]:
    """A headless Firefox that uses this folder."""
    command = [program, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace"
    )
    late = threading.Timer(SECONDS, process.kill)
    late.start()
    try:
        said = iter(process.stderr.readline, "")
        address = next((line.split()[-1] for line in said if "WebDriver BiDi listening on" in line), None)
        late.cancel()
        if address is None:
            raise RuntimeError(f"{program} ended with {process.wait()} before it listened")
        threading.Thread(target=process.stderr.read, daemon=True).start()  # a full pipe would stop it
        with connect(f"{address}/session", max_size=None, proxy=None) as socket:
            yield Session(socket)
    finally:
        process.terminate()
        process.wait(SECONDS)
