"""The programs in snippets/: each is shown by a page or imported by a notebook, and each name stands for one file."""

import os
import re
import sys
from pathlib import Path

import pytest
from byexample.pages.snippets import problems, unfit

from .conftest import REPOSITORY, shown, transcript


def said(root: Path) -> list[str]:
    """What is wrong with the programs of a site: which file, and what to do."""
    return [problem.message for problem in problems(root)]


def sound(site):
    """A site with a program on a page and a module for a notebook."""
    site.write("snippets/program.py", "print('hello')\n")
    site.page(shown("program.py") + transcript("python program.py", "hello"))
    site.write("snippets/lab/work.py", "def work(): pass\n")
    site.page("# %%\nfrom work import work\n", "docs/lab/notebook.py")
    return site


def test_every_program_of_the_repository_is_shown_and_its_name_is_its_own():
    assert said(REPOSITORY) == []


def test_the_repository_has_programs_and_a_notebook_that_imports():
    assert len(list((REPOSITORY / "snippets").rglob("*.py"))) > 20
    assert any("import" in path.read_text("utf-8") for path in (REPOSITORY / "docs/lab").glob("*.py"))


def test_a_sound_site_has_no_problems(site):
    assert said(sound(site).root) == []


def test_a_program_that_no_page_shows_is_named(site):
    sound(site).write("snippets/answers/forgotten.py", "print('hello')\n")
    assert said(site.root) == [
        "snippets/answers/forgotten.py: no page shows it and no notebook imports it: "
        "show it on a page, with its transcript, or delete it"
    ]


def test_a_program_that_a_page_only_mentions_is_named(site):
    sound(site).write("snippets/forgotten.py", "")
    site.page('See `forgotten.py`.\n\n```markdown\n;--8<-- "snippets/forgotten.py"\n```\n', "docs/other.md")
    assert [one.partition(":")[0] for one in said(site.root)] == ["snippets/forgotten.py"]


def test_a_program_that_only_another_program_imports_is_named(site):
    sound(site).write("snippets/forgotten.py", "")
    site.write("snippets/program.py", "import forgotten\n")
    assert [one.partition(":")[0] for one in said(site.root)] == ["snippets/forgotten.py"]


def test_a_program_that_a_page_shows_on_a_hidden_page_is_named(site):
    sound(site).write("snippets/forgotten.py", "")
    site.page(shown("forgotten.py"), "docs/.theme/page.md")
    assert [one.partition(":")[0] for one in said(site.root)] == ["snippets/forgotten.py"]


def test_a_module_that_its_notebook_no_longer_imports_is_named(site):
    sound(site).page("# %%\n# from work import work\nx = 'import work'\n", "docs/lab/notebook.py")
    assert [one.partition(":")[0] for one in said(site.root)] == ["snippets/lab/work.py"]


def test_a_module_in_a_package_is_found_by_its_full_name(site):
    sound(site).write("snippets/package/__init__.py", "")
    site.write("snippets/package/part.py", "")
    site.write("snippets/other/part.py", "")
    site.page("# %%\nimport work\nfrom package import part\n", "docs/lab/notebook.py")
    assert [one.partition(":")[0] for one in said(site.root)] == ["snippets/other/part.py"]


def test_a_module_that_may_be_two_files_is_named_with_both(site):
    sound(site).write("snippets/other/work.py", "")
    assert said(site.root) == [
        "docs/lab/notebook.py: `work` may be snippets/lab/work.py or snippets/other/work.py: rename all but one"
    ]


def test_a_notebook_that_cannot_be_read_is_named_with_its_line(site):
    sound(site).page("# %%\nx = (\n", "docs/lab/notebook.py")
    found = said(site.root)
    assert found[0].startswith("docs/lab/notebook.py:2: ") and found[0].endswith("what it imports cannot be told")


def test_one_name_for_two_files_is_named_with_both_places(site):
    sound(site).write("snippets/other/program.py", "print('bye')\n")
    site.page("# Other\n\n" + shown("other/program.py"), "docs/other.md")
    (found,) = said(site.root)
    assert found.startswith("one name for two files: ") and found.endswith(": rename all but one")
    assert "snippets/program.py (docs/page.md:1)" in found
    assert "snippets/other/program.py (docs/other.md:3)" in found


def test_names_that_differ_only_in_upper_and_lower_case_are_one_name(site):
    sound(site).write("snippets/other/Program.py", "print('bye')\n")
    site.page(shown("other/Program.py"), "docs/other.md")
    (found,) = said(site.root)
    assert "snippets/other/Program.py (docs/other.md:1)" in found


def test_two_files_of_one_name_in_packages_of_their_own_are_two_names(site):
    for package in ("one", "two"):
        sound(site).write(f"snippets/{package}/__main__.py", "")
        fence = f'```python title="{package}/__main__.py"\n--8<-- "snippets/{package}/__main__.py"\n```\n'
        site.page(fence, f"docs/{package}.md")
    assert said(site.root) == []


def test_a_file_that_is_no_program_is_named(site):
    sound(site).write("snippets/answers/data.csv", "1,2\n")
    assert said(site.root) == [
        "snippets/answers/data.csv: only programs, NAME.py, are shown: move this file out of snippets/ or delete it"
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("docs/other", Path("lab"), "a link to a folder, whose files would be there twice: delete it"),
        ("docs/round", Path("."), "a link to a folder, whose files would be there twice: delete it"),
        ("snippets/self.py", Path("self.py"), "a link that leads nowhere: repair or delete it"),
        (
            "snippets/link.py",
            Path("../mkdocs.yml"),
            "a link leads from here out of snippets/: put the file itself here, or delete it",
        ),
        ("docs/folder.md", None, "a folder whose name ends in .md, as a file's does: rename it"),
        ("docs/lab/folder.py", None, "a folder whose name ends in .py, as a file's does: rename it"),
        ("snippets/folder.py", None, "a folder whose name ends in .py, as a file's does: rename it"),
        ("snippets/long.py", "x = 1\n" * 200_000, "1,200,000 bytes, more than 1,000,000: divide it, or delete it"),
    ],
)
def test_what_is_no_plain_file_or_leads_out_is_named(site, name, content, message):
    target = sound(site).root / name
    if content is None:
        target.mkdir()
    elif isinstance(content, Path):
        target.symlink_to(content)
    else:
        target.write_text(content)
    assert [problem.message for problem in unfit(site.root)] == [f"{name}: {message}"]
    assert said(site.root).count(f"{name}: {message}") == 1


def test_links_inside_and_hidden_files_are_no_faults(site):
    (sound(site).root / "docs/again.md").symlink_to("page.md")
    (site.root / "docs/.#page.md").symlink_to("somebody@somewhere")
    assert unfit(site.root) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_no_reader_should_open_is_named_and_not_opened(site):
    """A named pipe would keep its reader waiting forever; a name that is not UTF-8 can be in no page."""
    sound(site)
    os.mkfifo(site.root / "snippets/pipe.py")
    os.mkfifo(site.root / "docs/pipe.md")
    name = os.fsdecode(b"caf\xe9") if sys.platform == "linux" else "two\nlines"  # macOS makes no such file
    (site.root / f"snippets/{name}.py").write_text("x = 1\n")
    (site.root / f"docs/{name}.md").write_text("# A page\n")
    odd = "its name has characters that are not printable, or not UTF-8: rename it"
    pipe = "neither a file nor a folder: delete it"
    found = {
        f"docs/{ascii(name)[1:-1]}.md: {odd}",
        f"docs/pipe.md: {pipe}",
        f"snippets/{ascii(name)[1:-1]}.py: {odd}",
        f"snippets/pipe.py: {pipe}",
    }
    assert {problem.message for problem in unfit(site.root)} == found
    outcome = site.pytest("docs")
    assert outcome.status == 1 and "INTERNALERROR" not in outcome.text
    assert {re.sub(r"\.md:1: ", ".md: ", message) for message in outcome.failures} == found


def test_what_python_and_systems_leave_behind_is_no_program(site):
    sound(site).write("snippets/__pycache__/program.cpython-311.pyc", b"\x00")
    site.write("snippets/.DS_Store", b"\x00")
    assert said(site.root) == []


def test_the_index_of_the_error_dictionary_links_every_page():
    folder = REPOSITORY / "docs/errors"
    linked = set(re.findall(r"\]\(([\w-]+\.md)", (folder / "index.md").read_text("utf-8")))
    assert linked == {page.name for page in folder.glob("*.md")} - {"index.md"}


def test_a_long_line_is_named_where_its_program_is_shown_or_if_a_notebook_imports_it(site):
    sound(site).write("snippets/program.py", "x = 1\nprint('" + "hello" * 20 + "')\n")
    site.write("snippets/lab/work.py", "def work(): return '" + "hello" * 20 + "'\n")
    long = "characters, more than 68: readers would have to scroll"
    assert site.refused() == [f"2: snippets/program.py:2: 109 {long}"]
    assert said(site.root) == [f"snippets/lab/work.py:1: 121 {long}"]


DESCRIBED = "site_description: A small site.\n"


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("", "search engines need a description of this page, between --- lines: description: …"),
        (
            "---\ntitle: Other\n---\n",
            "search engines need a description of this page, between --- lines: description: …",
        ),
        (
            "---\ndescription: ' '\n---\n",
            "search engines need a description of this page, between --- lines: description: …",
        ),
        (
            f"---\ndescription: {'long ' * 33}\n---\n",
            "`description` has 164 characters, more than the 160 that search engines show",
        ),
        (
            "---\ndescription: one: two\n---\n",
            "the lines between --- at its head are not YAML: put a value with a colon in quotes",
        ),
        ("---\ndescription: Short.\n---\n", None),
    ],
)
def test_every_page_needs_a_description_that_search_engines_show_whole(site, head, message):
    site.write("mkdocs.yml", DESCRIBED + (site.root / "mkdocs.yml").read_text("utf-8"))
    site.page(head + "# Title\n")
    assert site.refused() == ([f"1: {message}"] if message else [])
    notebook = re.sub("^(?=.)", "# ", head, flags=re.MULTILINE)
    site.page(notebook + "# %%\nx = 1\n", "docs/lab/notebook.py")
    assert site.refused("docs/lab/notebook.py") == ([f"1: {message}"] if message else [])


def test_a_page_of_a_site_that_does_not_describe_itself_needs_no_description(site):
    site.page("# Title\n")
    assert site.refused() == []


def test_pytest_of_one_page_tells_of_programs_beside_it_that_no_page_shows(site):
    sound(site).write("snippets/answers/forgotten.py", "print('hello')\n")
    site.write("snippets/guide/forgotten_too.py", "print('hello')\n")
    site.page("# One\n\n```python\nx = 1\n```\n", "docs/answers/one.md")
    (message,) = site.pytest("docs/answers/one.md").failures
    assert message.startswith("snippets/answers/forgotten.py: no page shows it")
    assert site.pytest("docs/page.md").failures == []
    assert len(site.pytest("docs").failures) == 2


def test_a_python_file_among_the_pages_is_named_since_nothing_runs_it(site):
    sound(site).page("print('never ran')\n", "docs/guide/stray.py")
    (message,) = site.pytest("docs").failures
    assert message.startswith("docs/guide/stray.py:1: a Python file among the pages: nothing runs it")
