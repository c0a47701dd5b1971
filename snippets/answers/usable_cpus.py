"""How many CPUs the machine has, and how many we may use."""

import os


def usable_cpus():
    if hasattr(os, "process_cpu_count"):  # from Python 3.13
        return os.process_cpu_count()
    if hasattr(os, "sched_getaffinity"):  # not macOS or Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


if __name__ == "__main__":
    print(f"CPUs of this machine: {os.cpu_count()}")
    print(f"usable by this process: {usable_cpus()}")
