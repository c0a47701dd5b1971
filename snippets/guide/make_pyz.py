"""Packs a program's folder into one file, and runs that file."""

import subprocess
import sys
import zipapp
from pathlib import Path

if __name__ == "__main__":
    program = Path(sys.argv[1])
    start = None
    if program.name != "__main__.py":
        start = f"{program.stem}:main"
    zipapp.create_archive(program.parent, "app.pyz", main=start)
    run = subprocess.run([sys.executable, "app.pyz"])
    print("exit status:", run.returncode)
