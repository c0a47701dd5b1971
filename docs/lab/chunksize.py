# ---
# description: Which chunksize suits Pool.map, measured for ten thousand tiny tasks and for a few uneven ones; with median, range and machine.
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
# # Which chunksize is best?
#
# Large chunks for many tiny tasks, because each chunk is one message there and one back. Small chunks for few and
# uneven tasks, because a worker that has got a long chunk cannot give any of it away. Neither is best for both, so
# measure with your own tasks.
#
# ## Many tiny tasks
#
# Ten thousand numbers are squared by two workers:

# %%
import multiprocessing

from lab_tasks import square
from measure import in_turn

pool = multiprocessing.get_context("spawn").Pool(2)

tiny = in_turn(
    {
        chunk: lambda chunk=chunk: pool.map(
            square, range(10_000), chunksize=chunk
        )
        for chunk in (1, 10, 100, 1_000, 10_000)
    },
    repeats=5,
)

# %% tags=["drawing"]
from statistics import median

import plot
from measure import times

quickest = min(tiny, key=lambda chunk: median(tiny[chunk]))
plot.lines(
    {"10,000 tiny tasks": tiny},
    f"The quickest chunksize was {quickest:,}. Single tasks took "
    f"{times(median(tiny[1]) / median(tiny[quickest]))} as long",
    "chunksize",
    "Time of map()",
)

# %% [markdown]
# Each point is a median, and the upright line through it a range. Both axes are logarithmic: from one grid line to the
# next, time grows tenfold.
#
# ## A few uneven tasks
#
# Sixteen tasks, each longer than the one before, for the same two workers. They only wait, so they need no core, and
# what is seen here is the sharing alone:

# %%
from lab_tasks import wait

waits = [0.003 * number for number in range(1, 17)]

uneven = in_turn(
    {
        chunk: lambda chunk=chunk: pool.map(
            wait, waits, chunksize=chunk
        )
        for chunk in (1, 2, 4, 8, 16)
    },
    repeats=5,
)
pool.terminate()

# %% tags=["drawing"]
ratio = median(uneven[16]) / median(uneven[1])
plot.lines(
    {"16 uneven tasks": uneven},
    f"With all tasks in one chunk, map() took {times(ratio)} "
    f"as long as with single tasks",
    "chunksize",
    "Time of map()",
    log="x",
    expected={
        "Half of all waits": dict.fromkeys(uneven, sum(waits) / 2)
    },
)

# %% [markdown]
# - With all 16 in one chunk, one worker does everything in turn and the other has nothing to do.
# - With 8 in a chunk both have one, but the second has the longer tasks, and the first cannot help.
# - Half of the sum of all waits is the least that two workers can need. Single tasks let both work until
#   nearly the end.
#
# ## What was run

# %%
import inspect

from IPython.display import Code

Code(
    inspect.getsource(square) + "\n\n" + inspect.getsource(wait),
    language="python",
)

# %% [markdown]
# ## What next
#
# - [How does `Pool` work, and which method do I call?](../guide/pool.md)
# - [Chunks](../answers/create-a-pool.md#chunks), and who sends single tasks unless told otherwise:
#   [`chunksize` is 1](../errors/chunksize-1-is-slow.md)
# - [What does a pool cost?](pool-cost.py)
# - In Python's documentation:
#   [`Pool.map`](https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool.map)
