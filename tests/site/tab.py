"""A tab of a browser that Playwright does not drive here.

It has as much of Playwright's `Page` as the tests of programs in the page need.
"""

import json
import time
from typing import Any

SECONDS = 240  # for a browser's start, and for one command: a program that runs to its end is one


class Tab:
    """`goto`, `close` and `call` are the browser's own."""

    def goto(self, address: str) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def call(self, function: str, argument: str) -> str:
        """What this asynchronous JavaScript function gives for the argument. RuntimeError if it raises."""
        raise NotImplementedError

    def evaluate(self, function: str, argument: object = None) -> Any:
        """What this JavaScript function, or expression, gives for the argument; both are JSON. Waits for a promise."""
        declaration = f"""async (text) => {{
            const value = ({function});
            return JSON.stringify(await (typeof value === "function" ? value(JSON.parse(text)) : value)) ?? "null";
        }}"""
        return json.loads(self.call(declaration, json.dumps(argument)))

    def wait_for_timeout(self, milliseconds: float) -> None:
        time.sleep(milliseconds / 1000)

    def wait_for_function(self, function: str, argument: object = None) -> None:
        end = time.monotonic() + SECONDS
        while not self.evaluate(function, argument):
            if time.monotonic() > end:
                raise TimeoutError(function)
            self.wait_for_timeout(50)
