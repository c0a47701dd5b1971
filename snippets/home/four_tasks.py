"""Four tasks one after another, then in four processes, timed."""

import multiprocessing
from time import perf_counter


def work():
    """Keeps a core busy; returns when that began and ended."""
    began = perf_counter()
    sum(i * i for i in range(3_000_000))
    return began, perf_counter()


def child(number, spans):
    spans.put((number, *work()))


def row(run, lane, span, began, ended):
    times = f"{began - zero:.3f}  {ended - zero:.3f}"
    print(f"{run:<16}{lane:<9}{span:<8}{times}")


if __name__ == "__main__":
    zero = perf_counter()
    for number in range(1, 5):
        row("One process", "parent", f"task {number}", *work())

    # perf_counter() reads one clock for the whole machine, so the
    # children's times fit the parent's.
    spans = multiprocessing.SimpleQueue()
    processes = []
    starts = []
    zero = perf_counter()
    for number in range(1, 5):
        process = multiprocessing.Process(
            target=child, args=(number, spans)
        )
        starts.append(perf_counter())
        process.start()
        processes.append(process)
    waiting = perf_counter()
    for process in processes:
        process.join()
    done = perf_counter()

    row("Four processes", "parent", "starts", zero, waiting)
    row("Four processes", "parent", "waits", waiting, done)
    for number, began, ended in sorted(spans.get() for _ in starts):
        lane, start = f"child {number}", starts[number - 1]
        row("Four processes", lane, "starts", start, began)
        row("Four processes", lane, f"task {number}", began, ended)
