"""Publishes the editor for programs: CodeMirror, in modules that name each other by address, as browsers want them."""

import re
from pathlib import Path

from npm import Package

PACKAGES = {
    name: Package(name, version, integrity, (module, "LICENSE"))
    for name, version, module, integrity in (
        (
            "@codemirror/state",
            "6.7.6",
            "dist/index.js",
            "kAz+AncRtKuIknedxT1bq4XwXv4UowhbkHU1myPrtVb/jZtImWuV5BXzv5vK6i3kYACsdiZiQKFQQ5Mq7elW8w==",
        ),
        (
            "@codemirror/view",
            "6.43.15",
            "dist/index.js",
            "HHsfpqFeHyXLs983pSRe38Xajs0vFWZQ2BuX0m7Ki8w3jZ5iD8cuR3lBz2/5/X53Dhf32SBHKh6rtSTB6tKeGw==",
        ),
        (
            "@codemirror/language",
            "6.13.1",
            "dist/index.js",
            "zfvU2r3TyylQLMj/te+5CnQ0rSqZi8B1oTCBbQkagcLW4Xc6imab6qN+pEJhsuNOLaJqiRyBXp9UhWA1DhVvDw==",
        ),
        (
            "@codemirror/commands",
            "6.11.1",
            "dist/index.js",
            "O/4hG3SC1YwcmQ0d2UVNDs+AsaNWd1iHVxbTeEBuqH+6bExAiPK3iS/BvpY6rZGURALv4ZD3sIgcCmRvw3ehBg==",
        ),
        (
            "@codemirror/lang-python",
            "6.2.1",
            "dist/index.js",
            "IRjC8RUBhn9mGR9ywecNhB51yePWCGgvHfY1lWN/Mrp3cKuHr0isDKia+9HnvhiWNnMpbGhWrkhuWOc09exRyw==",
        ),
        (
            "@codemirror/autocomplete",
            "6.20.4",
            "dist/index.js",
            "yF8RhOf2SXlg00+qtupzLhrglcas61boqaONiNcbPIebHCpJocpqTBA6dyrtUrQO47hqyTdeob/3XnYilT7TaQ==",
        ),
        (
            "@codemirror/streamparser",
            "6.0.0",
            "dist/index.js",
            "JTFPF6xrfjt0mnfGPgzcLiMwYmvIyNaoizp8BYzv8FE8KrT6GBGDZ190rtt+O7Wke3gG/MFHyiY9YGNeimof4w==",
        ),
        (
            "@lezer/common",
            "1.5.5",
            "dist/index.js",
            "Pw7PVCndruF1pb3ebCxpSVpkMHSDjwRCLcTRw+RizUKco5QbWylwq2g4lnG/RYN7yTTQDXE9F77MwtkAyphrjg==",
        ),
        (
            "@lezer/highlight",
            "1.2.5",
            "dist/index.js",
            "O1GMVKgtf5YspFaRzpmqkVgMtIk2HG9uMAbH6wdAIdNh3TVzCsch/+cRi+6l2//UGDKe6NB9BW3cvuR5ezMQ0w==",
        ),
        (
            "@lezer/lr",
            "1.4.12",
            "dist/index.js",
            "On9HU4oMMiHPMkQDgoTnGahjgG5n/MkN38CgG77sMraKLL+3JBbeQNi1FcCXV9QRqwF9/BUXP3caHyJC1fBOTQ==",
        ),
        (
            "@lezer/python",
            "1.1.19",
            "dist/index.js",
            "MhQIURHRytsNzP/YXnqpYKW6la6voAH3kyplTOOiCdjyFY6cWWGFVmYVdHIPrElqSDf4iCDktQCockB9FxuhzQ==",
        ),
        (
            "@marijn/find-cluster-break",
            "1.0.4",
            "src/index.js",
            "Wy0V7+SGUjnF9/TkiM1hKVDPj7jKXduPNboMVtHTA8dySMURWqfg/JZ9E2Sq8JgSJmkl7k7Qe9FLeMSrSraWmQ==",
        ),
        (
            "crelt",
            "1.0.7",
            "index.js",
            "aK6BbWfhf4U/wCcLHKPJl/xa6VkVstRaPywWtMKGwuOLc/wZTyQYuoxgvZnNsBvv7Kg3YTBQYYBCggcviQczuA==",
        ),
        (
            "style-mod",
            "4.1.5",
            "src/style-mod.js",
            "WQ2llCZa9sZSkJA+aOwpg5DkfbAXFKGh//t3MRTBeruFiSBC+GXUmbBzrw3bXyboCWAbtCW9InDfBsXrRD/rAg==",
        ),
        (
            "w3c-keyname",
            "2.2.8",
            "index.js",
            "dpojBhNsCNN7T82Tm7k26A6G9ML3NkhDsnw9n/eoxSRlVBB4CEtIQ/KTCLI2Fwf3ataSXRhYFkQi3SlnFwPvPQ==",
        ),
    )
}
OURS = "assets/run/editor.js"  # what the site makes of them
PLACE = "assets/codemirror"
IMPORT = re.compile(r"""^(import\s*|(?:import|export)\b[^;'"]*?\bfrom\s*)(['"])([^'"]+)\2""", re.MULTILINE)


def publish(site: Path) -> None:
    """Writes the packages' modules, our own one, and the licences."""
    folder = site / PLACE
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES.values():
        text = package.file(package.files[0]).read_text("utf-8")
        (folder / module(package)).write_text(addressed(text, "./", package.name), "utf-8")
    licences = "\n\n".join(
        f"{one.name} {one.version}\n\n{one.file('LICENSE').read_text('utf-8')}" for one in PACKAGES.values()
    )
    (folder / "LICENCES.txt").write_text(licences, "utf-8")
    # All are asked for at once: a browser would learn of most of them only from one another.
    ahead = "".join(f'import "../codemirror/{module(package)}";\n' for package in PACKAGES.values())
    ours = site / OURS
    ours.write_text(ahead + addressed(ours.read_text("utf-8"), "../codemirror/", OURS), "utf-8")


def module(package: Package) -> str:
    return f"{package.label}.js"  # with the version: a browser's cache never mixes two


def addressed(text: str, folder: str, name: str) -> str:
    """The module with addresses for the packages that it imports; ValueError for one that is not among them."""

    def address(found: re.Match) -> str:
        statement, quote, imported = found.groups()
        if imported not in PACKAGES:
            raise ValueError(f"{name} imports {imported}, which docs/.theme/editor.py does not have")
        return f"{statement}{quote}{folder}{module(PACKAGES[imported])}{quote}"

    return IMPORT.sub(address, text)
