"""Pickles an object of each kind, and unpickles it."""

import contextvars
import dataclasses
import enum
import functools
import logging
import multiprocessing
import pickle
import sqlite3
import threading
import weakref


@dataclasses.dataclass
class Point:
    x: int

    def double(self):
        return self.x * 2


class Colour(enum.Enum):
    RED = 1


def add(a, b):
    return a + b


def things():
    def inner():
        pass

    class Inner:
        pass

    point = Point(3)
    yield "number, string, None", (1, "one", None)
    yield "list, dict, set", ([1, [2]], {"a": 1}, {1})
    yield "exception", ValueError("no")
    yield "function at top level", add
    yield "class at top level", Point
    yield "its instance", point
    yield "its bound method", point.double
    yield "enum member", Colour.RED
    yield "functools.partial", functools.partial(add, 1)
    yield "logger", logging.getLogger("web")
    yield "lambda", lambda: 1
    yield "function in a function", inner
    yield "class in a function", Inner
    yield "its instance", Inner()
    yield "generator", (number for number in [1])
    yield "dict.keys()", {}.keys()
    yield "memoryview", memoryview(b"bytes")
    yield "module", threading
    yield "thread's lock", threading.Lock()
    yield "context variable", contextvars.ContextVar("user")
    yield "weak reference", weakref.ref(point)
    with open(__file__, encoding="utf-8") as file:
        yield "open file", file
    database = sqlite3.connect(":memory:")
    yield "database connection", database
    database.close()
    yield "lock of multiprocessing", multiprocessing.Lock()


if __name__ == "__main__":
    for kind, thing in things():
        try:
            pickle.loads(pickle.dumps(thing))
            answer = "yes"
        except Exception:
            answer = "no"
        print(f"{kind:25}{answer}")
