"""Squares five numbers in a pool of four Ray workers."""

# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["ray"]
# ///

import logging
import os
import secrets

# Before Ray is imported: report no usage, give the workers this
# environment under `uv run` too, listen on this machine only,
# admit nobody else.
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
os.environ["RAY_AUTH_MODE"] = "token"
os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)

import ray
from ray.util.multiprocessing import Pool


def square(x):
    return x * x


if __name__ == "__main__":
    ray.init(
        num_cpus=4,
        include_dashboard=False,
        logging_level=logging.ERROR,
    )
    with Pool(processes=4) as pool:
        print(pool.map(square, [1, 2, 3, 4, 5]))
    ray.shutdown()
