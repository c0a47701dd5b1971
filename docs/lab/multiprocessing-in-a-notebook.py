# ---
# description: Why a function defined in a notebook cell fails in a worker process, and how importing it from a module mends it; executed when the site was built.
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
# # Multiprocessing in a notebook
#
# In a notebook, put the function that workers run into a module, and import it. A function defined in a cell
# fails in the worker, unless the start method is `fork`: the worker cannot import it, because the cells are in
# no file. From Python 3.14 on `fork` is
# [nowhere the default](https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods); on
# macOS and Windows it was not before, either.
#
# This page is a notebook. It was executed when the site was built, with this Python:

# %%
# Show an error in one line.
# %xmode Minimal

import platform

print(platform.python_implementation(), platform.python_version())

# %% [markdown]
# ## A function defined in a cell
#
# Here is the function of [the pool program](../answers/create-a-pool.md). In the notebook itself it works:

# %%
def square(x):
    return x * x


print([square(x) for x in [1, 2, 3, 4, 5]])

# %% [markdown]
# A worker process cannot run it. The start method is named here, so that the cell does the same on every
# system; the pool is a `ProcessPoolExecutor`, which reports a worker that died:

# %% tags=["raises-exception"]
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

spawn = multiprocessing.get_context("spawn")

with ProcessPoolExecutor(
    1,
    mp_context=spawn,
    # Close the worker's stderr: its long traceback differs
    # between systems. The cause follows below, in one line.
    initializer=os.close,
    initargs=(2,),
) as executor:
    print(list(executor.map(square, [1, 2, 3, 4, 5])))

# %% [markdown]
# Why did it die? A function travels as a pickle, which holds no code, only two names: that of its module, and
# its own.

# %%
import pickle

pickled = pickle.dumps(square, protocol=0)
print(pickled)

# %% [markdown]
# The worker's first step is to unpickle it. Let a worker do that alone: it looks for `square` in its own
# `__main__`, where no cell ever ran.

# %% tags=["raises-exception"]
with ProcessPoolExecutor(1, mp_context=spawn) as executor:
    executor.submit(pickle.loads, pickled).result()

# %% [markdown]
# Do not try this with `multiprocessing.Pool`: it starts a new worker for each that dies, but the task is lost,
# and the call [waits for ever](https://github.com/python/cpython/issues/66587).
#
# ## A function imported from a module
#
# The same function stands in a file, `square_pool.py`. Here it is, read from there:

# %%
import inspect

import square_pool

print(inspect.getsource(square_pool.square))

# %% [markdown]
# Import it from there, and the worker, which does the same, finds it:

# %%
from square_pool import square

with ProcessPoolExecutor(1, mp_context=spawn) as executor:
    print(list(executor.map(square, [1, 2, 3, 4, 5])))

# %% [markdown]
# A `Pool` works with it as well:

# %%
with spawn.Pool(processes=4) as pool:
    print(pool.map(square, [1, 2, 3, 4, 5]))

# %% [markdown]
# ## Four processes, four numbers
#
# [The four-process program](../answers/four-processes.md#the-same-in-a-fixed-order) too works once its function is
# imported. Let the processes send their numbers, and print in the notebook: what a child process prints itself may
# go to the terminal of the notebook server instead.

# %%
from numbers_in_order import send_number

queue = spawn.Queue()
processes = []

for i in range(1, 5):
    process = spawn.Process(target=send_number, args=(i, queue))
    processes.append(process)
    process.start()

numbers = [queue.get(timeout=30) for process in processes]
for process in processes:
    process.join()

for number in sorted(numbers):
    print(f"Number from process: {number}")

# %% [markdown]
# No cell here has a guard. [The guard](../answers/create-a-process.md#why-the-guard) keeps a file from starting
# processes when a worker imports it; a worker does not import a notebook. The modules have one, for when they are
# run as programs.
#
# ## What next
#
# - [With `python -m`, with `-c`, in a `.pyz` and in a frozen program](../guide/notebooks-modules-frozen.md): where a
#   worker finds your function.
# - [How do you create a process?](../answers/create-a-process.md#the-program-has-no-file-that-a-child-can-import)
#   shows the same failure in a package.
# - In Python's documentation:
#   [start methods](https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods), and
#   [`ProcessPoolExecutor`](https://docs.python.org/3/library/concurrent.futures.html#processpoolexecutor)
