"""Arguments, name, process id and exit code of a process."""

import multiprocessing


def greet(person, ending):
    name = multiprocessing.current_process().name
    print(f"Hello, {person}{ending} I am {name}.")


def show(process):
    code = process.exitcode
    print(f"{process.name}: pid {process.pid}, exit code {code}")


if __name__ == "__main__":
    process = multiprocessing.Process(
        target=greet,
        name="greeter",
        args=("Ada",),
        kwargs={"ending": "!"},
    )
    show(process)
    process.start()
    process.join()
    show(process)
