"""All programs as one archive, with the same bytes for the same programs."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

NAME = "programs.zip"
FOLDER = "multiprocessing-by-example"  # what unpacks
MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows; a file's own date would tell of the checkout


def pack(programs: Iterable[Path], snippets: Path, licence: Path) -> bytes:
    """The archive: each program in its folder, so that it finds its neighbours, and the licence."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        add(archive, licence, "LICENSE")
        for file in sorted(programs):
            add(archive, file, file.relative_to(snippets).as_posix())
    return packed.getvalue()


def add(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    entry = zipfile.ZipInfo(f"{FOLDER}/{name}", MOMENT)
    entry.create_system = 3  # Unix, on every system
    entry.external_attr = 0o100644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, file.read_bytes())
