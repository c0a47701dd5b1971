# ---
# description: What starting a process costs with fork, forkserver and spawn, beside a thread; measured in repeats when this site was built, with median and range.
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
# # What does it cost to start a process?
#
# It depends on the start method. `fork` copies a process that is there already. `spawn` starts a new Python, which has
# to import what it needs. `forkserver` does that once, for a server, and then forks the server. A thread needs no new
# process at all.
#
# A function that only tells the time is started again and again, and joined:

# %%
from measure import alone
from start_times import all_costs

costs = alone(all_costs)

# %% tags=["drawing"]
import plot
from measure import compared

until_it_runs = {
    name: [began for began, started, ended in runs]
    for name, runs in costs.items()
}
plot.bars(
    {"": until_it_runs},
    compared(
        "a process by spawn", until_it_runs["spawn"],
        "a thread", until_it_runs["thread"],
    ),
    "Started by",
    "From start() to the first line of the function",
)

# %% [markdown]
# A bar ends at the median; the line across its end reaches from the quickest run to the slowest.
#
# ## When `start()` returns, and when `join()` does
#
# The same runs, seen by the parent. The time in `start()` is lost to the parent. After it, the child gets ready while
# the parent can do something else, such as start the next one.

# %% tags=["drawing"]
phases = {
    "start() has returned": {
        name: [started for began, started, ended in runs]
        for name, runs in costs.items()
    },
    "join() has returned": {
        name: [ended for began, started, ended in runs]
        for name, runs in costs.items()
    },
}
early = sum(began > started for began, started, _ in costs["spawn"])
plot.bars(
    phases,
    f"With spawn, start() returned before the function began "
    f"in {early} of {len(costs['spawn'])} runs.",
    "Time after the call of start()",
    "Time after the call of start()",
)

# %% [markdown]
# ## What was run

# %%
import inspect

from IPython.display import Code

import start_times

Code(inspect.getsource(start_times), language="python")

# %% [markdown]
# - `alone` runs all of this in a process of its own: a notebook has threads, and
#   [a process with threads should not be forked](../errors/fork-multi-threaded-warning.md).
# - The first process of each method is not counted. It may start a helper too, which stays: the server of
#   `forkserver`, the resource tracker.
# - A real program costs more. With `spawn` each child imports what the function needs, and as a rule your main module
#   with all that it imports. With `forkserver` it does so too, or the server
#   [imports it once for all](../guide/start-methods.md#what-each-costs); it can
#   [import other modules beforehand](https://docs.python.org/3/library/multiprocessing.html#multiprocessing.set_forkserver_preload).
# - `fork` gets dearer with the memory that the parent uses: its
#   [page tables are copied](https://man7.org/linux/man-pages/man2/fork.2.html).
#
# ## What next
#
# - [fork, spawn or forkserver: which start method?](../guide/start-methods.md)
# - [What does a pool cost?](pool-cost.py)
# - [How do you create a process?](../answers/create-a-process.md)
# - In Python's documentation:
#   [start methods](https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods)
