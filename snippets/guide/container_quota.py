"""How many workers a container's quota allows (Linux)."""

import math
import os
import pathlib


def cpus(text):
    quota, period = text.split()  # microseconds of CPU time
    return math.inf if quota == "max" else int(quota) / int(period)


def quota():
    groups = pathlib.Path("/proc/self/cgroup").read_text()
    limits = [math.inf]
    for line in groups.splitlines():
        if line.startswith("0::/"):  # cgroup v2
            group = pathlib.Path("/sys/fs/cgroup", line[4:])
            for folder in (group, *group.parents):
                file = folder / "cpu.max"
                if file.is_file():
                    limits.append(cpus(file.read_text()))
    return min(limits)


def workers():
    usable = len(os.sched_getaffinity(0))
    return math.ceil(min(usable, quota()))


if __name__ == "__main__":
    print("max 100000:   ", cpus("max 100000"))
    print("150000 100000:", cpus("150000 100000"))
    print("quota here:   ", quota())
    print("workers here: ", workers())
