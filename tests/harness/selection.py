"""Which pages a run of pytest is about."""

from pathlib import Path

import pytest
from byexample.pages.files import APART
from byexample.pages.reader import read

RUN_APART = f"pytest {APART} --junit-xml=reports/scale.xml"
FEW = 50  # examples that one process runs as quickly as several, which would all have to start first


def named(config: pytest.Config) -> list[Path]:
    """The files and folders that the arguments name."""
    return [Path(config.invocation_params.dir, argument.partition("::")[0]).resolve() for argument in config.args]


def is_about_all(config: pytest.Config) -> bool:
    """Whether it is a run of all pages."""
    return any((config.rootpath / "docs").resolve().is_relative_to(path) for path in named(config))


def is_about_few(config: pytest.Config) -> bool:
    """Whether it is a run of pages with few examples."""
    paths, root = named(config), config.rootpath.resolve()
    pages = [path for path in paths if path.suffix == ".md" and path.is_file() and path.is_relative_to(root)]
    return pages == paths and sum(len(read(path, root).anchors) for path in pages) <= FEW


def left_out(config: pytest.Config, path: Path) -> bool:
    """Whether this is a page that runs only when it is named, and was not."""
    apart = (config.rootpath / APART).resolve()
    path = path.resolve()
    return path.is_relative_to(apart) and not any(
        name.is_relative_to(apart) and path.is_relative_to(name) for name in named(config)
    )


def pages_left_out(config: pytest.Config) -> list[str]:
    """The names of the pages that this run would be about, and that nothing named."""
    pages = [page for page in sorted((config.rootpath / APART).rglob("*.md")) if left_out(config, page)]
    return [page.name for page in pages if any(page.resolve().is_relative_to(path) for path in named(config))]
