# ---
# description: What pickling and sending data to a worker process costs, by size, for bytes and for lists; measured, with median, range and machine.
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
# # What does it cost to pickle data, by size?
#
# Arguments and results are pickled in one process, sent through a pipe, and built again in the other. The cost grows
# with the size of the data, and depends on what it is made of: bytes are copied as a block, the items of a list are
# visited one by one.
#
# Here are bytes and a list of whole numbers that have about the same size when they are pickled. They are pickled and
# unpickled in this process; and the bytes are sent to a worker, which sends them back:

# %%
import multiprocessing
import pickle

from lab_tasks import echo
from measure import in_turn

pool = multiprocessing.get_context("spawn").Pool(1)


def there_and_back(data):
    pickle.loads(pickle.dumps(data))


bytes_here, list_here, to_worker = {}, {}, {}
for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
    data = bytes(size)
    # A number between 2**16 and 2**31 takes 5 bytes in a pickle.
    numbers = list(range(100_000, 100_000 + size // 5))
    took = in_turn({
        "bytes": lambda: there_and_back(data),
        "list": lambda: there_and_back(numbers),
        "worker": lambda: pool.apply(echo, (data,)),
    })
    bytes_here[size] = took["bytes"]
    list_here[size] = took["list"]
    to_worker[size] = took["worker"]
pool.terminate()

# %% tags=["drawing"]
import plot
from measure import compared

plot.lines(
    {
        "A list, pickled and unpickled": list_here,
        "Bytes, to a worker and back": to_worker,
        "Bytes, pickled and unpickled": bytes_here,
    },
    "At 10 MB: " + compared(
        "pickling a list", list_here[size],
        "pickling bytes", bytes_here[size],
    ) + "; " + compared(
        "sending bytes to a worker and back", to_worker[size],
        "only pickling them", bytes_here[size],
    ),
    "Size of the pickle",
    "Time there and back",
    show_x=plot.size,
)

# %% [markdown]
# Each point is a median, and the upright line through it a range. Both axes are logarithmic.
#
# For small data, the way to the worker costs what any message costs: to wake the other process, and to get its answer.
# For large data, all three grow with the size.
#
# ## The same numbers in other clothes
#
# What is the size of a pickle? Ask `pickle` itself, before you send it:

# %%
from array import array

numbers = list(range(100_000, 200_000))
for name, data in {
    "a list": numbers,
    "a list of strings": [str(number) for number in numbers],
    "a list of dicts": [{"n": number} for number in numbers],
    "an array of 4 bytes each": array("i", numbers),
    "a range": range(100_000, 200_000),
}.items():
    print(f"{name:26}{len(pickle.dumps(data)):10,} bytes")

# %% [markdown]
# The range is the same 100,000 numbers, told by their ends. Where a worker can make or read the data itself, send what
# it needs to do so.
#
# ## What next
#
# - [What can be sent to another process?](../guide/what-can-be-pickled.md)
# - [When does shared memory beat pickling?](shared-memory.py)
# - [A task with a large argument is slow](../errors/large-argument-is-slow.md)
# - In Python's documentation: [`pickle`](https://docs.python.org/3/library/pickle.html), and
#   [what can be pickled](https://docs.python.org/3/library/pickle.html#what-can-be-pickled-and-unpickled)
