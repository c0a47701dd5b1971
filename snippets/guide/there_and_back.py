"""Sends an object to a new Python and back, as a test would."""

import dataclasses
import multiprocessing
from concurrent.futures import ProcessPoolExecutor


@dataclasses.dataclass
class Job:
    name: str


class JobError(Exception):
    def __init__(self, job, reason):
        super().__init__(f"{job.name}: {reason}")


def echo(thing):
    return thing


def there_and_back(thing):
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as executor:
        return executor.submit(echo, thing).result()


if __name__ == "__main__":
    job = Job("backup")
    print("Job comes back the same:", there_and_back(job) == job)
    there_and_back(JobError(job, "disk full"))
