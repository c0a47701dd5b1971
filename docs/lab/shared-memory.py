# ---
# description: When multiprocessing.shared_memory beats sending pickled data to a worker, by size, with and without the copy; measured, with median and range.
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
# # When does shared memory beat pickling?
#
# When the data is large, or is used more than once. A task that is sent its data pays for each byte; a task that is
# sent the name of shared memory pays for a short message, whatever the size. But the data has to get into the shared
# memory first, and that is a copy too.
#
# The task adds up a few of the bytes, so almost all of the time goes into getting at them:

# %%
import inspect

from IPython.display import Code

import shared_sum

Code(inspect.getsource(shared_sum), language="python")

# %% [markdown]
# One worker, three ways to let it see the data:

# %%
import multiprocessing

from measure import in_turn
from shared_sum import copy_to_shared, total, total_shared

pool = multiprocessing.get_context("spawn").Pool(1)


def sent(data):
    pool.apply(total, (data,))


def copied_first(data):
    shared = copy_to_shared(data)
    pool.apply(total_shared, (shared.name, len(data)))
    shared.close()
    shared.unlink()


def already_there(shared, size):
    pool.apply(total_shared, (shared.name, size))


ways = {
    "Sent": {}, "Shared, copied first": {}, "Shared already": {}
}
for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
    data = bytes(size)
    shared = copy_to_shared(data)
    took = in_turn({
        "Sent": lambda: sent(data),
        "Shared, copied first": lambda: copied_first(data),
        "Shared already": lambda: already_there(shared, size),
    })
    for name, runs in took.items():
        ways[name][size] = runs
    shared.close()
    shared.unlink()
pool.terminate()

# %% tags=["drawing"]
import plot
from measure import compared

plot.lines(
    ways,
    "At 10 MB: " + compared(
        "sending the data", ways["Sent"][size],
        "reading it where it is", ways["Shared already"][size],
    ),
    "Size of the data",
    "Time of the task, with its message",
    show_x=plot.size,
)

# %% [markdown]
# Each point is a median, and the upright line through it a range. Both axes are logarithmic.
#
# From which size on did it pay here? The code looks where the medians cross, and stay apart:

# %%
from statistics import median


def pays_from(way):
    sizes = sorted(ways["Sent"])
    wins = [
        median(ways[way][size]) < median(ways["Sent"][size])
        for size in sizes
    ]
    if not wins[-1]:
        return "not up to 10 MB"
    losses = [i for i, won in enumerate(wins) if not won]
    first = losses[-1] + 1 if losses else 0
    return f"from {plot.size(sizes[first])} on"


for way in ("Shared already", "Shared, copied first"):
    print(f"{way}: {pays_from(way)}")

# %% [markdown]
# ## Where it bites
#
# - Shared memory holds bytes, not objects. To put a list of dicts into it, you would have to pickle it all the same.
# - The data is not protected: when one process writes while another reads, use a lock.
# - Somebody has to [remove it with `unlink()`](../errors/leaked-shared-memory.md), once, when all are done.
#
# ## What next
#
# - [How do processes share memory?](../guide/shared-memory.md)
# - [What does it cost to pickle data, by size?](pickling.py)
# - [A task with a large argument is slow](../errors/large-argument-is-slow.md)
# - In Python's documentation:
#   [`shared_memory`](https://docs.python.org/3/library/multiprocessing.shared_memory.html)
