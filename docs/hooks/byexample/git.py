"""What git says of the repository."""

import subprocess
from pathlib import Path


def commit(root: Path) -> str:
    """The commit that is checked out, with a + if files differ from it or are not in it; empty outside a checkout."""

    def git(*arguments: str) -> str:
        command = ["git", *arguments]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=20).stdout.strip()

    try:
        name = git("describe", "--always", "--exclude=*", "--abbrev=12")
        return name + "+" if name and git("status", "--porcelain") else name
    except OSError:
        return ""
