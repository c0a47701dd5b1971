# ---
# description: Threads, processes and interpreters on the same CPU-bound and I/O-bound work, measured with median, range and machine.
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Threads, processes or interpreters?
#
# Processes or interpreters for work that computes, threads for work that waits. The threads of a process share one GIL
# and take turns at computing; each process and each interpreter has a GIL of its own. Who waits needs no GIL, so
# waiting at the same time works with all of them.
#
# Four CPU-bound tasks, which compute; and four I/O-bound ones, which ask a server on this machine that answers after
# 50 ms. Each kind is done in turn, and by four workers:

# %%
import multiprocessing
import sys
from concurrent import futures
from functools import partial

from lab_tasks import compute
from slow_server import ask, serve

workers = {
    "threads": futures.ThreadPoolExecutor(4),
    "processes": futures.ProcessPoolExecutor(
        4, mp_context=multiprocessing.get_context("spawn")
    ),
}
if sys.version_info >= (3, 14):
    workers["interpreters"] = futures.InterpreterPoolExecutor(4)
else:
    print("Interpreters: not measured here; they need Python 3.14.")

# %%
from measure import in_turn


def four_tasks(function, argument):
    def with_workers(executor):
        list(executor.map(function, [argument] * 4))

    def one_by_one():
        for _ in range(4):
            function(argument)

    return {"in turn": one_by_one} | {
        name: partial(with_workers, executor)
        for name, executor in workers.items()
    }


took = {
    "CPU-bound": in_turn(four_tasks(compute, 600_000), repeats=5),
    "I/O-bound": in_turn(four_tasks(ask, serve()), repeats=5),
}
for executor in workers.values():
    executor.shutdown()

# %% tags=["drawing"]
import plot
from measure import compared, cores

computing, waiting = took["CPU-bound"], took["I/O-bound"]
plot.bars(
    took,
    f"With {cores()} cores: computing, " + compared(
        "threads", computing["threads"],
        "processes", computing["processes"],
    ) + "; waiting, " + compared(
        "in turn", waiting["in turn"], "threads", waiting["threads"]
    ),
    "Four tasks",
    "Time until all four were done",
)

# %% [markdown]
# A bar ends at the median; the line across its end reaches from the quickest run to the slowest. The workers were
# started before; what that costs is [on a page of its own](start-cost.py).
#
# - **CPU-bound.** Threads can gain nothing here, since the GIL lets one of them compute at a time. Processes and
#   interpreters can, up to the number of cores.
# - **I/O-bound.** In turn, the waits add up. Done at the same time, four of them can take as little as one.
#
# A [free-threaded Python](../answers/processes-or-threads.md#a-free-threaded-build-has-no-gil-to-wait-for) has no GIL;
# there the first half of this does not hold. Has this one?

# %%
gil = getattr(sys, "_is_gil_enabled", lambda: True)()
print("The GIL is on." if gil else "The GIL is off.")

# %% [markdown]
# ## What was run

# %%
import inspect

from IPython.display import Code

import slow_server

Code(
    inspect.getsource(compute)
    + "\n\n"
    + inspect.getsource(slow_server),
    language="python",
)

# %% [markdown]
# ## What next
#
# - [Processes, threads, asyncio, interpreters or a free-threaded Python: which one?](../guide/choosing.md)
# - [How does multiprocessing differ from multithreading?](../answers/processes-or-threads.md)
# - [How much faster does a program get with more workers?](speed-up.py)
# - In Python's documentation:
#   [`concurrent.futures`](https://docs.python.org/3/library/concurrent.futures.html), with
#   [`InterpreterPoolExecutor`](https://docs.python.org/3/library/concurrent.futures.html#interpreterpoolexecutor)
