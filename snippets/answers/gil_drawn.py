"""Two threads compute, then two processes: who runs when?"""

import multiprocessing
from multiprocessing.pool import ThreadPool
from time import perf_counter


def set_barrier(shared):
    global barrier
    barrier = shared


def compute(number):
    """Takes the time after every small piece of work."""
    barrier.wait()  # both begin at once
    times = [perf_counter()]
    for _ in range(2500):
        sum(range(1000))
        times.append(perf_counter())
    return times


def spans(times):
    """A piece that took over 2 ms had to wait in between."""
    began = times[0]
    for before, after in zip(times, times[1:]):
        if after - before > 0.002:
            yield "computes", began, before
            yield "waits", before, after
            began = after
    yield "computes", began, times[-1]


def clock_time(recorded):
    starts, ends = zip(
        *((times[0], times[-1]) for times in recorded)
    )
    return max(ends) - min(starts)


def both_at_once(one, other):
    """How long both computed at the same time."""
    return sum(
        max(0, min(end, end_2) - max(start, start_2))
        for label, start, end in spans(one)
        for label_2, start_2, end_2 in spans(other)
        if label == label_2 == "computes"
    )


if __name__ == "__main__":
    shared = multiprocessing.Barrier(2)
    for kind, plural, make in (
        ("thread", "threads", ThreadPool),
        ("process", "processes", multiprocessing.Pool),
    ):
        with make(2, set_barrier, [shared]) as pool:
            runs = [
                pool.map(compute, range(2), chunksize=1)
                for _ in range(5)
            ]
        # The quickest was the least disturbed by other programs.
        recorded = min(runs, key=clock_time)
        zero = min(times[0] for times in recorded)
        for number, times in enumerate(recorded, 1):
            for label, began, ended in spans(times):
                lane = f"Two {plural}  {kind} {number}"
                span = f"{began - zero:.4f}  {ended - zero:.4f}"
                print(f"{lane}  {label}  {span}")
        shared_time = both_at_once(*recorded)
        if kind == "thread" and shared_time < 0.1 * (ended - zero):
            print("The threads took turns.")
