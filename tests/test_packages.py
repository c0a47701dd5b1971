"""Packages that programs name in their PEP 723 headers."""

from .conftest import transcript
from .harness.packages import wanted

HEADER = """\
# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "numpy",
#     "no-such-package-zzz==1",
# ]
# ///
"""


def test_a_header_names_packages():
    assert wanted([HEADER + "print()\n", "print()\n"]) == ("no-such-package-zzz==1", "numpy")


def test_without_a_header_nothing_is_installed():
    assert wanted(["# /// something\n# dependencies = ['x']\n# ///\n"]) == ()


def test_a_package_that_cannot_be_had_is_named_with_its_page_and_line(site):
    site.program(HEADER + "print('ran')\n", transcript("python program.py", "ran"))
    (said,) = site.pytest().failures
    assert said.startswith("docs/page.md:5: `python program.py`: CPython")
    assert "cannot have no-such-package-zzz==1, numpy" in said
    assert "tests/harness" not in said
