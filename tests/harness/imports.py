"""Programs that inline blocks import: those that their page shows, imported again for each page."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from byexample.pages.examples import Inline, Page

from .inline import Problem


class Imports:
    """The modules from one folder, kept apart by page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.names = {folder, self.folder}  # as the path of a module may begin
        self.kept: dict[Path, dict[str, ModuleType]] = {}

    @contextmanager
    def of(self, page: Page) -> Iterator[None]:
        """The page's programs can be imported, as what they were when another block imported them."""
        folders = list(dict.fromkeys(str(program.file.parent) for program in page.programs))
        sys.path[:0] = folders
        sys.modules.update(self.kept.get(page.path, {}))
        try:
            yield
        finally:
            del sys.path[: len(folders)]
            self.kept[page.path] = self.loaded()
            for name in self.kept[page.path]:
                del sys.modules[name]

    def loaded(self) -> dict[str, ModuleType]:
        """All modules from the folder."""
        files = {name: getattr(module, "__file__", None) for name, module in list(sys.modules.items())}
        # Resolving the paths of a thousand modules takes a tenth of a second, at each block.
        mine = {name for name, file in files.items() if file and any(map(Path(file).is_relative_to, self.names))}
        return {name: sys.modules[name] for name in mine}

    def problem(self, page: Page, block: Inline) -> Problem | None:
        """A module that the page does not show: its evidence would outlive a change of that."""
        shown = {program.file.resolve() for program in page.programs}
        for module in self.loaded().values():
            if (file := Path(module.__file__ or "").resolve()) not in shown:
                name = file.relative_to(self.folder.parent).as_posix()
                return Problem(block.fence.line, f"this block imports {name}, which the page does not show")
        return None
