"""Python for browsers: Pyodide (CPython compiled to WebAssembly), and our own files that a Run in the page takes."""

import hashlib
import json
import shutil
from pathlib import Path

from . import packages

RUNTIME = "docs/assets/run"
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LICENCE = Path(__file__).with_name("pyodide-licence.txt")  # the package has none
NOTICES = Path(__file__).with_name("notices")  # nor of what is linked into it: a file for each, with its source


def version(root: Path) -> str:
    """Of Pyodide, as the lock pins it."""
    return packages.versions(root)["pyodide"]


def address(root: Path) -> str:
    """Of Pyodide's folder in the site; with the version, so that a browser's cache never mixes two."""
    return f"assets/pyodide-{version(root)}"


def publish(root: Path, site: Path) -> None:
    """Copies Pyodide into the site, and writes what the page's scripts need to know of it and of our own layer."""
    target = site / address(root)
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(packages.folder(root) / "pyodide" / name, target / name)
    licence = LICENCE.read_text("utf-8").replace("{version}", version(root))
    (target / "LICENCE.txt").write_text(licence, "utf-8")
    (target / "NOTICES.txt").write_text(notices(), "utf-8")
    (site / "assets/run/python.json").write_text(json.dumps(facts(root)), "utf-8")


def notices() -> str:
    """The licences of all that Pyodide is linked with, CPython's first."""
    files = sorted(NOTICES.glob("*.txt"), key=lambda file: (file.stem != "cpython", file.stem))
    return f"\n{'=' * 100}\n\n".join(file.read_text("utf-8") for file in files)


def facts(root: Path) -> dict[str, object]:
    """What python.json holds: where Pyodide is, its Python, the sizes of its files in bytes, and our Python layer."""
    folder = packages.folder(root) / "pyodide"
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    sources = root / RUNTIME / "python"
    python = {file.relative_to(sources).as_posix(): file.read_text("utf-8") for file in sorted(sources.rglob("*.py"))}
    scripts = [(root / RUNTIME / name).read_text("utf-8") for name in ("worker.js", "allowed.js")]
    image = json.dumps([version(root), python, *scripts])
    return {
        "pyodide": f"../../{address(root)}/",
        "version": lock["info"]["python"],
        "key": hashlib.sha256(image.encode()).hexdigest()[:16],  # another layer needs another image of the memory
        "sizes": {name: (folder / name).stat().st_size for name in FILES},
        "lock": json.dumps({"info": lock["info"], "packages": {}}),
        "python": python,
    }


def layer(root: Path) -> str:
    """Stands for all that a Run takes, Pyodide and our own files: a report that ran on others is no evidence."""
    runtime = root / RUNTIME
    files = [*sorted(runtime.glob("*.js")), *sorted((runtime / "python").rglob("*.py"))]
    parts = [version(root), *(file.read_text("utf-8") for file in files)]
    return hashlib.sha256("".join(part + "\0" for part in parts).encode()).hexdigest()[:16]
