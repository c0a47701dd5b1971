"""A worker is killed while it works: once, and each time."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["distributed"]
# ///

import os
import signal

import dask
from distributed import Client, KilledWorker, LocalCluster


def square(x, times, file):
    with open(file, "a+") as tries:
        tries.write("try\n")
        tries.seek(0)
        number = len(tries.readlines())
    if number <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    return x * x


def tries(file):
    with open(file) as lines:
        return len(lines.readlines())


if __name__ == "__main__":
    dask.config.set({"distributed.scheduler.allowed-failures": 1})
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster) as client,
    ):
        once = os.path.abspath("once")
        print("square:", client.submit(square, 3, 1, once).result())
        print("tries:", tries(once))

        client.wait_for_workers(2)  # the lost one starts anew
        always = os.path.abspath("always")
        try:
            client.submit(square, 3, 9, always).result()
        except KilledWorker as error:
            print("KilledWorker:", error)
        print("tries:", tries(always))
        client.wait_for_workers(2)
        print("workers:", len(client.scheduler_info()["workers"]))
