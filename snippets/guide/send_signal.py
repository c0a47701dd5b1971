"""Starts a program; after its first line sends Ctrl-C or kill."""

import os
import signal
import subprocess
import sys

if __name__ == "__main__":
    program, what = sys.argv[1:]
    run = subprocess.Popen(
        [sys.executable, program],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # a process group of its own
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        text=True,
    )
    print(run.stdout.readline(), end="")
    if what == "Ctrl-C":
        os.killpg(run.pid, signal.SIGINT)
    else:
        os.kill(run.pid, signal.SIGTERM)
    print(run.stdout.read(), end="")
    print("exit status:", run.wait())
