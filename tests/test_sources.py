"""The programs in snippets/: each is shown by a page or imported by a notebook, and each name stands for one file."""

import ast
import re
from pathlib import Path

import yaml

from .conftest import REPOSITORY, shown, transcript
from .harness.page import imports, shown_files

LINE = 68  # characters of a program that fit beside the navigation, so that nobody has to scroll
DESCRIPTION = 160  # characters that search engines show
GIVEN = {"number_processes.py"}  # shown as it was asked about


def problems(root: Path) -> list[str]:
    """What is wrong with the programs of a site: which file, and what to do."""
    titles = shown_files(root)
    on_pages = {file for files in titles.values() for file in files}
    programs, found = sources(root)
    imported, unclear = imported_by_notebooks(root, programs)
    found += unclear
    found += [
        f"{path.relative_to(root).as_posix()}: no page shows it and no notebook imports it: "
        "show it on a page, with its transcript, or delete it"
        for path in programs
        if path.resolve() not in on_pages and path not in imported
    ]
    return found + names_of_several(root, titles)


def sources(root: Path) -> tuple[list[Path], list[str]]:
    """The programs below snippets/, and what is wrong with the other files there."""
    programs, found = [], []
    for path in sorted(path for path in (root / "snippets").rglob("*") if path.is_file()):
        if "__pycache__" in path.parts or path.name.startswith("."):
            continue
        if path.suffix == ".py":
            programs.append(path)
        else:
            name = path.relative_to(root).as_posix()
            found.append(f"{name}: only programs, NAME.py, are shown: move this file out of snippets/ or delete it")
    return programs, found


def imported_by_notebooks(root: Path, programs: list[Path]) -> tuple[set[Path], list[str]]:
    """The programs that notebooks import, and what is wrong with their imports."""
    imported: set[Path] = set()
    found = []
    for notebook in sorted((root / "docs" / "lab").glob("*.py")):
        where = notebook.relative_to(root).as_posix()
        try:
            modules = imports(ast.parse(notebook.read_text("utf-8")))
        except SyntaxError as error:
            found.append(f"{where}:{error.lineno}: {error.msg}: what it imports cannot be told")
            continue
        for module in sorted(modules):
            files = [path for path in programs if is_module(path, module)]
            imported.update(files)
            if len(files) > 1:
                names = " or ".join(path.relative_to(root).as_posix() for path in files)
                found.append(f"{where}: `{module}` may be {names}: rename all but one")
    return imported, found


def names_of_several(root: Path, titles: dict[str, dict[Path, tuple[Path, int]]]) -> list[str]:
    """What is wrong with names: on a system that ignores case, one name must stand for one file."""
    same: dict[str, dict[Path, str]] = {}
    for title, files in titles.items():
        for file, (page, line) in files.items():
            same.setdefault(title.casefold(), {})[file] = f"{title} on {page.relative_to(root).as_posix()}:{line}"
    found = []
    for places in same.values():
        if len(places) > 1:
            names = " and ".join(f"{file.relative_to(root.resolve()).as_posix()} ({at})" for file, at in places.items())
            found.append(f"one name for two files: {names}: rename all but one")
    return found


def is_module(path: Path, module: str) -> bool:
    """Whether an import of this module may find this file; any folder below snippets/ may be on the path."""
    file = "/" + module.replace(".", "/")
    return path.as_posix().endswith((f"{file}.py", f"{file}/__init__.py"))


def sound(site):
    """A site with a program on a page and a module for a notebook."""
    site.write("snippets/program.py", "print('hello')\n")
    site.page(shown("program.py") + transcript("python program.py", "hello"))
    site.write("snippets/lab/work.py", "def work(): pass\n")
    site.page("# %%\nfrom work import work\n", "docs/lab/notebook.py")
    return site


def test_every_program_of_the_repository_is_shown_and_its_name_is_its_own():
    assert problems(REPOSITORY) == []


def test_the_repository_has_programs_and_a_notebook_that_imports():
    assert len(list((REPOSITORY / "snippets").rglob("*.py"))) > 20
    assert any("import" in path.read_text("utf-8") for path in (REPOSITORY / "docs/lab").glob("*.py"))


def test_a_sound_site_has_no_problems(site):
    assert problems(sound(site).root) == []


def test_a_program_that_no_page_shows_is_named(site):
    sound(site).write("snippets/answers/forgotten.py", "print('hello')\n")
    assert problems(site.root) == [
        "snippets/answers/forgotten.py: no page shows it and no notebook imports it: "
        "show it on a page, with its transcript, or delete it"
    ]


def test_a_program_that_a_page_only_mentions_is_named(site):
    sound(site).write("snippets/forgotten.py", "")
    site.page('See `forgotten.py`.\n\n```markdown\n;--8<-- "snippets/forgotten.py"\n```\n', "docs/other.md")
    assert [one.partition(":")[0] for one in problems(site.root)] == ["snippets/forgotten.py"]


def test_a_program_that_only_another_program_imports_is_named(site):
    sound(site).write("snippets/forgotten.py", "")
    site.write("snippets/program.py", "import forgotten\n")
    assert [one.partition(":")[0] for one in problems(site.root)] == ["snippets/forgotten.py"]


def test_a_program_that_a_page_shows_on_a_hidden_page_is_named(site):
    sound(site).write("snippets/forgotten.py", "")
    site.page(shown("forgotten.py"), "docs/.theme/page.md")
    assert [one.partition(":")[0] for one in problems(site.root)] == ["snippets/forgotten.py"]


def test_a_module_that_its_notebook_no_longer_imports_is_named(site):
    sound(site).page("# %%\n# from work import work\nx = 'import work'\n", "docs/lab/notebook.py")
    assert [one.partition(":")[0] for one in problems(site.root)] == ["snippets/lab/work.py"]


def test_a_module_in_a_package_is_found_by_its_full_name(site):
    sound(site).write("snippets/package/__init__.py", "")
    site.write("snippets/package/part.py", "")
    site.write("snippets/other/part.py", "")
    site.page("# %%\nimport work\nfrom package import part\n", "docs/lab/notebook.py")
    assert [one.partition(":")[0] for one in problems(site.root)] == ["snippets/other/part.py"]


def test_a_module_that_may_be_two_files_is_named_with_both(site):
    sound(site).write("snippets/other/work.py", "")
    assert problems(site.root) == [
        "docs/lab/notebook.py: `work` may be snippets/lab/work.py or snippets/other/work.py: rename all but one"
    ]


def test_a_notebook_that_cannot_be_read_is_named_with_its_line(site):
    sound(site).page("# %%\nx = (\n", "docs/lab/notebook.py")
    found = problems(site.root)
    assert found[0].startswith("docs/lab/notebook.py:2: ") and found[0].endswith("what it imports cannot be told")


def test_one_name_for_two_files_is_named_with_both_places(site):
    sound(site).write("snippets/other/program.py", "print('bye')\n")
    site.page("# Other\n\n" + shown("other/program.py"), "docs/other.md")
    (found,) = problems(site.root)
    assert found.startswith("one name for two files: ") and found.endswith(": rename all but one")
    assert "snippets/program.py (program.py on docs/page.md:1)" in found
    assert "snippets/other/program.py (program.py on docs/other.md:3)" in found


def test_names_that_differ_only_in_upper_and_lower_case_are_one_name(site):
    sound(site).write("snippets/other/Program.py", "print('bye')\n")
    site.page(shown("other/Program.py"), "docs/other.md")
    (found,) = problems(site.root)
    assert "Program.py on docs/other.md:1" in found


def test_two_files_of_one_name_in_packages_of_their_own_are_two_names(site):
    for package in ("one", "two"):
        sound(site).write(f"snippets/{package}/__main__.py", "")
        fence = f'```python title="{package}/__main__.py"\n--8<-- "snippets/{package}/__main__.py"\n```\n'
        site.page(fence, f"docs/{package}.md")
    assert problems(site.root) == []


def test_a_file_that_is_no_program_is_named(site):
    sound(site).write("snippets/answers/data.csv", "1,2\n")
    assert problems(site.root) == [
        "snippets/answers/data.csv: only programs, NAME.py, are shown: move this file out of snippets/ or delete it"
    ]


def test_what_python_and_systems_leave_behind_is_no_program(site):
    sound(site).write("snippets/__pycache__/program.cpython-311.pyc", b"\x00")
    site.write("snippets/.DS_Store", b"\x00")
    assert problems(site.root) == []


def test_the_index_of_the_error_dictionary_links_every_page():
    folder = REPOSITORY / "docs/errors"
    linked = set(re.findall(r"\]\(([\w-]+\.md)", (folder / "index.md").read_text("utf-8")))
    assert linked == {page.name for page in folder.glob("*.md")} - {"index.md"}


def test_no_line_of_a_program_is_so_long_that_it_scrolls():
    long = [
        f"{path.relative_to(REPOSITORY).as_posix()}:{number}: {len(line)} characters, more than {LINE}"
        for path in sorted((REPOSITORY / "snippets").rglob("*.py"))
        if path.name not in GIVEN
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LINE
    ]
    assert long == []


def description(page: Path) -> str:
    """What its front matter says for search engines; in a notebook that is a comment."""
    text = page.read_text("utf-8")
    head = re.match(r"(?:# )?---\n(.*?)\n(?:# )?---\n", text, re.DOTALL)
    facts = yaml.safe_load(re.sub(r"^# ", "", head[1], flags=re.MULTILINE)) if head else {}
    return facts.get("description", "")


def test_every_page_has_a_description_that_search_engines_show_whole():
    pages = [*(REPOSITORY / "docs").rglob("*.md"), *(REPOSITORY / "docs/lab").glob("*.py")]
    lengths = {page.relative_to(REPOSITORY).as_posix(): len(description(page)) for page in sorted(pages)}
    assert len(lengths) > 80
    assert {name: length for name, length in lengths.items() if not 0 < length <= DESCRIPTION} == {}
