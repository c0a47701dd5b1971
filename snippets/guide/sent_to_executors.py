"""What the workers of each executor accept as a task."""

import concurrent.futures
import threading


def double(number):
    return number * 2


def make_scale(factor):
    def scale(number):
        return number * factor

    return scale


def attempt(name, function, argument):
    kind = getattr(concurrent.futures, f"{name}PoolExecutor")
    with kind(max_workers=1) as executor:
        error = executor.submit(function, argument).exception()
    return type(error).__name__ if error else "ok"


if __name__ == "__main__":
    tasks = {
        "def at top level": (double, 1),
        "lambda": (lambda number: number, 1),
        "closure": (make_scale(3), 1),
        "generator": (next, (number for number in range(3))),
        "lock": (bool, threading.Lock()),
    }
    names = ["Thread", "Process", "Interpreter"]
    print(f"{'':18}{'Thread':8}{'Process':15}Interpreter")
    for label, task in tasks.items():
        answers = [attempt(name, *task) for name in names]
        print("{:18}{:8}{:15}{}".format(label, *answers))
