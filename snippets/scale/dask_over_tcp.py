"""A scheduler and two workers, as commands start them; over TCP."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["distributed"]
# ///

import os
import subprocess
import sys

from distributed import Client

DASK = [sys.executable, "-m", "dask"]
FILE = ["--scheduler-file", "scheduler.json"]  # has the address
HERE = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
ONE = ["--nthreads", "1", "--no-nanny"]


def square(x):
    return x * x


if __name__ == "__main__":
    commands = [
        [*DASK, "scheduler", "--port", "0", *FILE, *HERE],
        [*DASK, "worker", *ONE, *FILE, *HERE],
        [*DASK, "worker", *ONE, *FILE, *HERE],
    ]
    quiet = {"stderr": subprocess.DEVNULL}
    started = [subprocess.Popen(line, **quiet) for line in commands]
    with Client(scheduler_file="scheduler.json") as client:
        client.wait_for_workers(2)
        print(client.scheduler.address.rpartition(":")[0])

        squares = client.map(square, [1, 2, 3, 4, 5])
        total = client.submit(sum, squares)  # squares stay there
        print("sum of the squares:", total.result())

        pids = client.run(os.getpid)  # on each worker
        print("worker processes:", len(set(pids.values())))
        client.shutdown()
    for process in started:
        process.wait()
