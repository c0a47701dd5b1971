"""The editor's modules: which ones it needs, and the addresses by which they import each other."""

import json
from pathlib import Path

import pytest
from byexample.run_buttons import codemirror, packages

ROOT = Path(__file__).parents[2]
ASKED = json.loads((ROOT / packages.FOLDER / "package.json").read_text("utf-8"))["dependencies"]
EDITOR = 'import { a } from "@them/first";\nimport { dom } from "./dom.js";\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An editor that imports one package, which imports another one; a third is installed and not needed."""
    folder = tmp_path / packages.FOLDER
    folder.mkdir(parents=True)
    (folder / "editor.js").write_text(EDITOR, "utf-8")
    names = ("@them/first", "second", "third")
    pinned = {f"node_modules/{name}": {"version": f"1.0.{number}"} for number, name in enumerate(names)}
    (folder / "package-lock.json").write_text(json.dumps({"packages": {"": {}} | pinned}), "utf-8")
    install(tmp_path, "@them/first", "import * as b from 'second';\nexport const a = b;\n")
    install(tmp_path, "second", "export const b = 'import c from \"nowhere\"';\n")
    install(tmp_path, "third", "")
    return tmp_path


def install(root: Path, name: str, text: str) -> None:
    folder = packages.folder(root) / name
    (folder / "dist").mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(json.dumps({"name": name, "exports": {"import": "./dist/index.js"}}), "utf-8")
    (folder / "dist/index.js").write_text(text, "utf-8")
    (folder / "LICENSE").write_text(f"The licence of {name}\n", "utf-8")


def test_what_the_editor_needs_is_published_with_addresses_and_licences(root, tmp_path):
    site = tmp_path / "site"
    (site / "assets/run").mkdir(parents=True)
    codemirror.publish(root, site)
    folder = site / codemirror.ADDRESS
    assert {file.name for file in folder.iterdir()} == {"them-first-1.0.0.js", "second-1.0.1.js", "LICENCES.txt"}
    assert (folder / "them-first-1.0.0.js").read_text("utf-8").startswith("import * as b from './second-1.0.1.js';\n")
    licences = (folder / "LICENCES.txt").read_text("utf-8")
    assert licences == "@them/first 1.0.0\n\nThe licence of @them/first\n\n\nsecond 1.0.1\n\nThe licence of second\n"
    assert (site / codemirror.EDITOR).read_text("utf-8").splitlines() == [
        'import "../codemirror/them-first-1.0.0.js";',
        'import "../codemirror/second-1.0.1.js";',
        'import { a } from "../codemirror/them-first-1.0.0.js";',
        'import { dom } from "./dom.js";',
    ]


def test_a_module_that_imports_what_is_not_installed_stops_the_build(root):
    install(root, "second", "import pad from 'left-pad';\n")
    with pytest.raises(
        ValueError, match=r"second/dist/index\.js imports left-pad, which .*package-lock\.json does not pin"
    ):
        codemirror.needed(root)


@pytest.mark.parametrize(
    "text, rewritten",
    [
        ("import 'second';", "import './s.js';"),
        ('import"second";', 'import"./s.js";'),
        ("import { a, b as c } from 'second';", "import { a, b as c } from './s.js';"),
        ("import {\n  a,\n} from 'second';", "import {\n  a,\n} from './s.js';"),
        ("export { a } from 'second';", "export { a } from './s.js';"),
        ('export * from "second";', 'export * from "./s.js";'),
        ("const a = \"from 'second'\";", "const a = \"from 'second'\";"),
        ("import { a } from './second';", "import { a } from './second';"),
    ],
)
def test_statements_that_import_get_addresses(text, rewritten):
    assert codemirror.with_addresses(text, "./", {"second": "s.js"}) == rewritten


def test_package_json_asks_for_what_the_editor_imports_and_pyodide():
    """What it does not ask for would go with the package that happens to bring it."""
    imported = codemirror.imported((ROOT / "docs" / codemirror.EDITOR).read_text("utf-8"))
    assert imported
    assert ASKED.keys() == imported | {"pyodide"}
    assert ASKED.keys() <= packages.versions(ROOT).keys()
