"""Ray tasks; large data is stored once, and its place is sent."""

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


@ray.remote
def square(x):
    return x * x


@ray.remote
def part(numbers, begin):
    return sum(numbers[begin : begin + 1000])


if __name__ == "__main__":
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        logging_level=logging.ERROR,
    )
    print(ray.get([square.remote(x) for x in [1, 2, 3, 4, 5]]))

    numbers = ray.put([1] * 100_000)
    print(type(numbers).__name__)
    print(ray.get([part.remote(numbers, n) for n in (0, 5000)]))
    ray.shutdown()
