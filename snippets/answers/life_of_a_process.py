"""When a process starts, runs and ends, seen by both sides."""

import multiprocessing
from time import perf_counter


def work(seconds):
    """Keeps a core busy; returns when that began and ended."""
    began = perf_counter()
    while perf_counter() < began + seconds:
        pass
    return began, perf_counter()


def child(spans):
    spans.put(work(0.1))


def row(lane, span, began, ended):
    group = "One process, from start() to join()"
    times = f"{began - zero:.4f}  {ended - zero:.4f}"
    print(f"{group}  {lane:<8}{span:<12}{times}")


if __name__ == "__main__":
    spans = multiprocessing.SimpleQueue()
    process = multiprocessing.Process(target=child, args=(spans,))

    zero = perf_counter()
    process.start()
    started = perf_counter()
    _, free = work(0.05)
    process.join()
    joined = perf_counter()
    began, ended = spans.get()

    row("parent", "start()", zero, started)
    row("parent", "other work", started, free)
    row("parent", "waits", free, joined)
    row("child", "starts", zero, began)
    row("child", "target", began, ended)
    row("child", "ends", ended, joined)
