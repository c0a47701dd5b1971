# ---
# description: The speed-up of a Python program by number of worker processes, measured beside Amdahl's law for the same program, with median, range and machine.
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
# # How much faster does a program get with more workers?
#
# By no more than Amdahl's law allows, and no more than the number of cores. The part of a program that cannot be shared
# out takes the same time with any number of workers. When it is a fifth of the program, no number of workers makes the
# program more than five times as fast.
#
# This program computes 20 equal tasks. Four come first, and only in the parent: they are its serial part, a fifth. The
# other 16 are shared out by a pool:

# %%
import multiprocessing

from lab_tasks import compute

SIZE = 150_000
SERIAL, SHARED = 4, 16


def in_one_process():
    for _ in range(SERIAL + SHARED):
        compute(SIZE)


def with_pool(pool):
    for _ in range(SERIAL):
        compute(SIZE)
    pool.map(compute, [SIZE] * SHARED, chunksize=1)


# %% [markdown]
# It runs with pools of 1, 2, 3 workers and so on, up to twice as many as this machine has cores: to 4 at least, to 8 at
# most. The pools stay open, so their start is not counted.

# %%
from measure import cores, in_turn

spawn = multiprocessing.get_context("spawn")
most = min(8, max(4, 2 * cores()))
pools = {n: spawn.Pool(n) for n in range(1, most + 1)}

took = in_turn(
    {0: in_one_process}
    | {n: lambda n=n: with_pool(pools[n]) for n in pools},
    repeats=5,
)
for pool in pools.values():
    pool.terminate()

# %% tags=["drawing"]
from statistics import median

import plot

serial = SERIAL / (SERIAL + SHARED)


def law(workers):
    """Amdahl's law for this program."""
    return 1 / (serial + (1 - serial) / workers)


one_process = median(took[0])
speed_up = {
    n: [one_process / seconds for seconds in took[n]] for n in pools
}
n = min(cores(), most)

plot.lines(
    {"Measured": speed_up},
    f"With as many workers as cores, {n}, the program was "
    f"{median(speed_up[n]):.2f} times as fast as in one process; "
    f"Amdahl's law allows {law(n):.2f} times",
    "Number of workers",
    "Speed-up against one process without a pool",
    show_y=plot.factor,
    log="",
    expected={
        "Amdahl's law": {n: law(n) for n in pools},
        "The law with the cores here": {
            n: law(min(n, cores())) for n in pools
        },
    },
)

# %% [markdown]
# - **Amdahl's law**: with a serial part *s*, *n* workers speed a program up by 1 / (*s* + (1 − *s*) / *n*). Here *s*
#   is 4 / 20.
# - **The law with the cores here**: beyond their number, *n* stops growing, since workers have to take turns.
# - What the measured line lacks went to messages, to uneven ends, and to all else that this machine was doing at the
#   time.
#
# ## Where it bites
#
# The serial part hides: reading input, building the list of tasks, pickling arguments in the parent, adding up results.
# All of that runs in one process. Measure it before you add cores.
#
# ## What next
#
# - [How many workers should I start?](../guide/how-many-workers.md)
# - [Which chunksize is best?](chunksize.py)
# - [Slower than a plain loop](../errors/slower-than-a-loop.md)
# - [Usable cores](../answers/what-is-multiprocessing.md#you-may-not-have-all-the-cores)
# - The law's source: G. Amdahl,
#   [Validity of the single processor approach to achieving large scale computing
#   capabilities](https://doi.org/10.1145/1465482.1465560), 1967
