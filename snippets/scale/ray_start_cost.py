"""What the first five squares cost: a pool and Ray."""

# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["ray"]
# ///

import logging
import multiprocessing
import os
import secrets
import time


def square(x):
    return x * x


if __name__ == "__main__":
    numbers = [1, 2, 3, 4, 5]

    begin = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(square, numbers)
    print(f"Pool, spawn: {time.perf_counter() - begin:.3f} s")

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    os.environ["RAY_AUTH_MODE"] = "token"
    os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    begin = time.perf_counter()
    import ray

    ray.init(
        num_cpus=2,
        include_dashboard=False,
        logging_level=logging.ERROR,
    )
    task = ray.remote(square)
    seconds = []
    for call in ("Ray, start: ", "Ray, again: "):
        ray.get([task.remote(x) for x in numbers])
        seconds.append(time.perf_counter() - begin)
        print(f"{call} {seconds[-1]:.3f} s")
        begin = time.perf_counter()
    ray.shutdown()
    if seconds[1] < seconds[0]:
        print("The second call was faster.")
