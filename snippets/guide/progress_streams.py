"""Runs both programs, and looks at what is on stdout."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["rich", "tqdm"]
# ///

import subprocess
import sys

if __name__ == "__main__":
    for program in ("progress_tqdm.py", "progress_rich.py"):
        run = subprocess.run(
            [sys.executable, program],
            capture_output=True,
            encoding="utf-8",
        )
        print(program)
        print("  stdout:", run.stdout.strip())
        print("  the bar is on stderr:", "100%" in run.stderr)
