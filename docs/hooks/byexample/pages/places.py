"""Where a program can run: Pythons, systems, start methods."""

from dataclasses import dataclass

START_METHODS = ("fork", "spawn", "forkserver")
IMPLEMENTATIONS = ("CPython", "GraalVM", "PyPy")  # as `platform` names them
SYSTEMS = ("Linux", "macOS", "Windows")
SUPPORTED = ("3.11", "3.12", "3.13", "3.14", "3.15")  # the Pythons that the site speaks for
GIL = ("on", "off")  # off: a free-threaded build
FREE_THREADED = " free-threaded"


@dataclass(frozen=True)
class Place:
    """A Python on a system."""

    implementation: str  # "CPython", or "CPython free-threaded"
    python: str  # "3.14.2"
    system: str  # "Linux", "Windows", "macOS", or a browser: "Chromium 156.0.7803.0"

    @classmethod
    def of(cls, implementation: str, python: str, system: str, free_threaded: bool) -> "Place":
        """The place of a Python that names its build apart, as `sysconfig` does."""
        return cls(implementation + (FREE_THREADED if free_threaded else ""), python, system)

    @property
    def free_threaded(self) -> bool:
        return self.implementation.endswith(FREE_THREADED)

    @property
    def gil(self) -> str:
        """One of GIL."""
        return "off" if self.free_threaded else "on"

    @property
    def version(self) -> tuple[int, ...]:
        """The Python version, to compare with."""
        return tuple(int(digits) for part in self.python.split(".") if (digits := "".join(filter(str.isdigit, part))))

    @property
    def order(self) -> tuple[str, tuple[int, ...], str]:
        """To sort by."""
        return self.implementation, self.version, self.system

    @property
    def name(self) -> str:
        """The Python without its system."""
        return f"{self.implementation} {self.python}"

    def __str__(self) -> str:
        return f"{self.name}, {self.system}"


def minor(place: Place) -> str:
    """3.14"""
    return ".".join(map(str, place.version[:2]))
