"""What the first five squares cost: a pool and a Dask cluster."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["distributed"]
# ///

import multiprocessing
import time


def square(x):
    return x * x


if __name__ == "__main__":
    numbers = [1, 2, 3, 4, 5]

    begin = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(square, numbers)
    print(f"Pool, spawn: {time.perf_counter() - begin:.3f} s")

    begin = time.perf_counter()
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster) as client,
    ):
        seconds = []
        for call in ("Dask, start:", "Dask, again:"):
            client.gather(client.map(square, numbers, pure=False))
            seconds.append(time.perf_counter() - begin)
            print(f"{call} {seconds[-1]:.3f} s")
            begin = time.perf_counter()
    if seconds[1] < seconds[0]:
        print("The second call was faster.")
