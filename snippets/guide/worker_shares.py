"""What a worker of each executor shares with the main program."""

import concurrent.futures
import os

notes = []


def take_note(text):
    notes.append(text)
    return os.getpid()


if __name__ == "__main__":
    print("             the process  the memory")
    for name in ("Thread", "Process", "Interpreter"):
        kind = getattr(concurrent.futures, f"{name}PoolExecutor")
        with kind(max_workers=1) as executor:
            pid = executor.submit(take_note, name).result()
        print(f"{name:13}{pid == os.getpid()!s:12} {name in notes}")
