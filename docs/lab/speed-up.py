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
# At most as much as Amdahl's law allows, and never more than there are cores to compute on. The part of a program that
# cannot be shared out takes the same time with any number of workers. When it is a fifth of the program, no number of
# workers makes the program more than five times as fast.
#
# This program computes 20 equal tasks. Four come first, and only in the parent; 16 are shared out by a pool:

# %%
import multiprocessing

from lab_tasks import compute

SIZE = 150_000


def alone_first():
    for _ in range(4):
        compute(SIZE)


def in_one_process():
    alone_first()
    for _ in range(16):
        compute(SIZE)


def with_pool(pool):
    alone_first()
    pool.map(compute, [SIZE] * 16, chunksize=1)


# %% [markdown]
# It runs with pools of 1 to twice as many workers as this machine has cores, but at most 8. The pools stay open, so
# their start is not counted.

# %%
from statistics import median

import plot
from measure import cores, in_turn

spawn = multiprocessing.get_context("spawn")
most = min(8, max(4, 2 * cores()))
pools = {n: spawn.Pool(n) for n in range(1, most + 1)}

took = in_turn(
    {"first": alone_first, 0: in_one_process}
    | {n: lambda n=n: with_pool(pools[n]) for n in pools},
    repeats=5,
)
for pool in pools.values():
    pool.terminate()

# %%
one_process = median(took[0])
serial = median(took["first"]) / one_process
speed_up = {
    n: [one_process / seconds for seconds in took[n]] for n in pools
}
amdahl = {n: 1 / (serial + (1 - serial) / n) for n in pools}
best = max(pools, key=lambda n: median(speed_up[n]))

plot.lines(
    {"Measured": speed_up},
    f"The best of these pools, with {best} worker"
    f"{'s' * (best != 1)}, was {median(speed_up[best]):.2f} times "
    f"as fast as one process; Amdahl's law allows "
    f"{amdahl[best]:.2f} times, where cores are free. "
    f"Cores here: {cores()}.",
    "Number of workers",
    "Speed-up against one process without a pool",
    show_y=plot.factor,
    log="",
    expected={
        "Amdahl's law": amdahl,
        "One core for each worker": {
            n: 1 / (serial + (1 - serial) / min(n, cores()))
            for n in pools
        },
    },
)

# %% [markdown]
# - **Amdahl's law**: with a serial part *s*, *n* workers speed a program up by 1 / (*s* + (1 − *s*) / *n*). The serial
#   part is measured here too: it is the time of the four tasks over the time of all 20.
# - **The law with these cores**: beyond the number of cores, *n* stops growing, since workers have to take turns.
# - What is missing between that and the measured line went to messages, to uneven ends, and to all else that this
#   machine was doing at the time.

# %%
print(f"serial part: {serial:.1%}")
print(f"speed-up that no number of workers exceeds: {1 / serial:.1f}")

# %% [markdown]
# ## Where it bites
#
# The serial part hides: reading input, building the list of tasks, pickling arguments in the parent, adding up results.
# All of that runs in one process. Measure it before you add cores.
#
# ## What next
#
# - [Which chunksize is best?](chunksize.py)
# - [Slower than a plain loop](../errors/slower-than-a-loop.md)
# - [Usable cores](../answers/what-is-multiprocessing.md#you-may-not-have-all-the-cores)
# - The law's source: G. Amdahl,
#   [Validity of the single processor approach to achieving large scale computing
#   capabilities](https://doi.org/10.1145/1465482.1465560), 1967
