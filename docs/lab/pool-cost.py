# ---
# description: What a multiprocessing Pool costs to start and end, by workers and start method, and what it adds to each task; measured, with median and range.
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
# # What does a pool cost?
#
# It costs twice: once to start and end its workers, and again for each message with tasks. The first grows with the
# number of workers and depends on the start method. The second is small, but large beside a tiny task; chunks share it
# among many tasks.
#
# ## To start and to end it
#
# `with Pool(n) as pool`, one empty task for each worker, and the end of the block:

# %%
from measure import alone
from pool_cost import all_costs

costs = alone(all_costs)

# %% tags=["drawing"]
import plot
from measure import compared

one, four = costs["spawn"][1], costs["spawn"][4]
plot.lines(
    {name: runs for name, runs in reversed(costs.items())},
    "by spawn, " + compared(
        "a pool of four workers", four, "a pool of one", one
    ),
    "Number of workers",
    "Time to start a pool, use it and end it",
)

# %% [markdown]
# Each point is a median, and the upright line through it a range. Both axes are logarithmic.
#
# The workers start at the same time, but each has to be started by the parent, and each needs a core for a moment.
# [What it costs to start a process](start-cost.py) shows a single one.
#
# ## To send a task
#
# A function that does nothing, called in this process and through a pool of two workers that is already there:

# %%
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from lab_tasks import nothing
from measure import in_turn

spawn = multiprocessing.get_context("spawn")
TASKS = 500

with spawn.Pool(2) as pool, ProcessPoolExecutor(
    2, mp_context=spawn
) as executor:
    ways = in_turn({
        "a call, no pool": lambda: [
            nothing(n) for n in range(TASKS)
        ],
        "map": lambda: pool.map(nothing, range(TASKS)),
        "map, chunksize=1": lambda: pool.map(
            nothing, range(TASKS), chunksize=1
        ),
        "apply": lambda: [
            pool.apply(nothing, (n,)) for n in range(TASKS)
        ],
        "executor.map": lambda: list(
            executor.map(nothing, range(TASKS))
        ),
    })

# %% tags=["drawing"]
each = {
    name: [run / TASKS for run in runs] for name, runs in ways.items()
}
plot.bars(
    {"": each},
    compared(
        "a task through map with chunksize=1",
        each["map, chunksize=1"],
        "a plain call", each["a call, no pool"],
    ),
    "One of 500 empty tasks",
    "Time for each task",
)

# %% [markdown]
# A bar ends at the median; the line across its end reaches from the quickest run to the slowest.
#
# - `map` without a chunksize sends the 500 tasks in eight messages, four for each worker.
# - `apply` waits for each answer before it sends the next task, so only one worker is ever busy.
# - `executor.map` sends each task alone, [unless told otherwise](../errors/chunksize-1-is-slow.md).
#
# So a task is worth a pool when it takes much longer than the bar of the way in which you send it.
#
# ## What was run

# %%
import inspect

from IPython.display import Code

import pool_cost

Code(inspect.getsource(pool_cost), language="python")

# %% [markdown]
# `alone` runs it in a process of its own: a notebook has threads, and
# [a process with threads should not be forked](../errors/fork-multi-threaded-warning.md).
#
# ## What next
#
# - [How many workers should I start?](../guide/how-many-workers.md)
# - [What is a pool, and why use one?](../answers/what-is-a-pool.md)
# - [Which chunksize is best?](chunksize.py)
# - [Slower than a plain loop](../errors/slower-than-a-loop.md)
# - In Python's documentation:
#   [`Pool`](https://docs.python.org/3/library/multiprocessing.html#module-multiprocessing.pool)
