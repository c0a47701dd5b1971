"""Runs a program, and types two commands for its debugger."""

import subprocess
import sys

if __name__ == "__main__":
    keys = "p number\ncontinue\n"
    subprocess.run([sys.executable, *sys.argv[1:]], input=keys, text=True)
