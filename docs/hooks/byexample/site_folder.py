"""The folder of the built site: a build works beside it, and takes its place when it is done."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


class SiteFolderError(Exception):
    """A site that was built and could not be put in its place; says what is in the way."""


@dataclass
class SiteFolder:
    """What a build that failed, or was interrupted, leaves as it was."""

    site: Path
    complete: bool = False  # whether the build has got to its end

    @property
    def aside(self) -> Path:
        """Where the build works; on the same disk, so that it can be renamed."""
        return self.site.with_name(f".{self.site.name}.new")

    @property
    def before(self) -> Path:
        """The site before, for the moment in which both are renamed."""
        return self.site.with_name(f".{self.site.name}.old")

    def begin(self) -> None:
        """Clears up after a build that was killed."""
        if self.before.exists() and not self.site.exists():
            os.rename(self.before, self.site)
        for folder in (self.before, self.aside):
            shutil.rmtree(folder, ignore_errors=True)

    def end(self) -> None:
        """Puts a site that is complete in its place; nothing is left of another."""
        if not self.complete:
            shutil.rmtree(self.aside, ignore_errors=True)
            return
        self.complete = False
        try:
            self.keep_hidden()
            if self.site.exists():
                os.rename(self.site, self.before)
            os.rename(self.aside, self.site)
        except OSError as error:
            if self.before.exists() and not self.site.exists():
                os.rename(self.before, self.site)
            raise SiteFolderError(f"the new site stays in {self.aside}: {self.site} is in the way ({error})") from None
        shutil.rmtree(self.before, ignore_errors=True)

    def keep_hidden(self) -> None:
        """Hidden entries stay, such as the .git of a branch that is published: MkDocs leaves them, too."""
        for path in self.site.glob(".*"):
            if not (self.aside / path.name).exists():
                os.rename(path, self.aside / path.name)
