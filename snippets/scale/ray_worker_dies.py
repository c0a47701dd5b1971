"""A worker of Ray is killed while it works: three endings."""

# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["ray"]
# ///

import logging
import os
import secrets
import signal

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


def square(x, file="", times=9):
    with open(file or os.devnull, "a+") as tries:
        tries.write("try\n")
        tries.seek(0)
        number = len(tries.readlines())
    if number <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    return x * x


if __name__ == "__main__":
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        logging_level=logging.ERROR,
    )
    task = ray.remote(square)
    file = os.path.abspath("tries")
    answer = ray.get(task.remote(3, file, 1))
    with open(file) as lines:
        told = [f"task: {answer}, tries: {len(lines.readlines())}"]
    try:
        ray.get(task.options(max_retries=0).remote(3))
    except ray.exceptions.WorkerCrashedError:
        told.append("task without retries: WorkerCrashedError")
    with Pool(processes=1) as pool:
        try:
            pool.map(square, [3])
        except ray.exceptions.RayActorError:
            told.append("pool: RayActorError")
    ray.shutdown()  # from here on Ray prints nothing
    print(*told, sep="\n")
