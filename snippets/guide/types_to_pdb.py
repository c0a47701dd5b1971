"""Runs a program, and types two commands for its debugger."""

import subprocess
import sys

if __name__ == "__main__":
    keys = "p number\ncontinue\n"
    command = [sys.executable, *sys.argv[1:]]
    subprocess.run(command, input=keys, text=True)
