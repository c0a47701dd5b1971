"""The editor for programs: CodeMirror, as modules that import each other by address, as browsers want them."""

import json
import re
from pathlib import Path

from . import packages

EDITOR = "assets/run/editor.js"  # our own module, the only one that imports CodeMirror
ADDRESS = "assets/codemirror"
# The name of a package in a statement that imports it; what begins with a dot is an address already.
IMPORT = re.compile(r"""^(import\s*|(?:import|export)\b[^;'"]*?\bfrom\s*)(['"])([^.'"][^'"]*)\2""", re.MULTILINE)


def publish(root: Path, site: Path) -> None:
    """Writes the editor's modules and their licences into the site; `site` must have the folder of our own scripts."""
    versions, modules = packages.versions(root), needed(root)
    target = site / ADDRESS
    target.mkdir(parents=True, exist_ok=True)
    names = {package: file_name(package, versions[package]) for package in modules}
    for package, module in modules.items():
        text = module.read_text("utf-8")
        (target / names[package]).write_text(with_addresses(text, "./", names), "utf-8")
    licences = [
        f"{package} {versions[package]}\n\n{(packages.folder(root) / package / 'LICENSE').read_text('utf-8')}"
        for package in modules
    ]
    (target / "LICENCES.txt").write_text("\n\n".join(licences), "utf-8")
    # The editor asks for all of them at once: a browser would learn of most only from one another.
    first = "".join(f'import "../codemirror/{name}";\n' for name in names.values())
    editor = (root / "docs" / EDITOR).read_text("utf-8")
    (site / EDITOR).write_text(first + with_addresses(editor, "../codemirror/", names), "utf-8")


def needed(root: Path) -> dict[str, Path]:
    """The modules that the editor imports, and those that they import, by package, in alphabetical order.

    ValueError if one is not installed.
    """
    modules: dict[str, Path] = {}
    importers = [root / "docs" / EDITOR]
    while importers:
        importer = importers.pop()
        for package in imported(importer.read_text("utf-8")) - modules.keys():
            description = packages.folder(root) / package / "package.json"
            if not description.is_file():
                raise ValueError(f"{importer.as_posix()} imports {package}, which {packages.LOCK} does not pin")
            modules[package] = description.parent / json.loads(description.read_text("utf-8"))["exports"]["import"]
            importers.append(modules[package])
    return dict(sorted(modules.items()))


def imported(module: str) -> set[str]:
    """The packages that a module imports."""
    return {package for _, _, package in IMPORT.findall(module)}


def file_name(package: str, version: str) -> str:
    """As npm names an archive; with the version, so that a browser's cache never mixes two."""
    return f"{package.removeprefix('@').replace('/', '-')}-{version}.js"


def with_addresses(text: str, folder: str, names: dict[str, str]) -> str:
    """The module with an address in the place of each package that it imports."""
    return IMPORT.sub(lambda match: f"{match[1]}{match[2]}{folder}{names[match[3]]}{match[2]}", text)
