"""What shows the examples of a page, loaded by Python-Markdown alone: no MkDocs, no theme, no reports."""

import re

import markdown
import pytest
from bs4 import BeautifulSoup
from byexample.figures.extension import Examples, ExamplesError
from byexample.pages import reader
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from .. import ROOT
from ..conftest import Site, shown, transcript

EXTENSION = "byexample.figures.extension"
ANSWERS = sorted(path.name for path in (ROOT / "docs/answers").glob("*.md"))
TABS = {"pymdownx.tabbed": {"alternate_style": True}}
# Tabs, blanks at ends of lines and alone, Markdown's own control characters, a form feed, and what looks like a token.
HOSTILE = "\n\ta\tb  \n   \n\x02klzzwxh:0001\x03\x0c<b>&amp;\nfence-of-this-page\n\n"


def render(site: Site, text: str, *before: str, **configs) -> BeautifulSoup:
    """The page that this text makes, with the extension after others."""
    settings = {EXTENSION: {"root": site.root}} | configs
    return soup(markdown.markdown(text, extensions=[*before, EXTENSION], extension_configs=settings))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [element.get_text() for element in page.select(selector)]


def outputs(page: BeautifulSoup) -> list[str]:
    """What terminals show below their commands."""
    return ["".join(texts(terminal, "samp")) for terminal in page.select(".terminal")]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_shown_with_all_its_examples_to_the_letter(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    page = reader.read(ROOT / "docs/answers" / name, ROOT)
    html = soup(markdown.markdown(page.text, extensions=["pymdownx.tabbed", EXTENSION], extension_configs=TABS))
    code = [example.source.text for example in page.programs]
    assert texts(html, ".bar .file") == [program.title for program in page.programs]
    assert texts(html, ".bar + .highlight code") == [text.rstrip("\n") + "\n" for text in code]
    assert texts(html, ".terminal kbd") == [example.command.text for example in page.transcripts]
    assert outputs(html) == ["\n".join(example.output) for example in page.transcripts]
    assert texts(html, "figure > div:not(.terminal)[id] code") == [example.source for example in page.inlines]
    attributes = [(each.attributes, any("..." in line for line in each.output)) for each in page.transcripts]
    words = [" ".join(each.sentences(elides)) for each, elides in attributes]
    assert texts(html, ".says") == [sentences for sentences in words if sentences]
    assert texts(html, ".tabbed-labels label") == re.findall(r'^=== "(.*)"', page.text, re.MULTILINE)
    assert [element["id"] for element in html.select('[id^="example-"]')] == list(page.anchors)


def test_a_program_that_is_not_published_has_a_name_and_no_link(site):
    site.program("print('hello')\n", transcript("python program.py", "hello"))
    html = render(site, site.read().text)
    assert texts(html, "figcaption .file") == ["program.py"]
    assert not html.select("a")


def test_programs_and_outputs_are_shown_to_the_character(site):
    source = f"\n\n'''{HOSTILE}'''\n\n\nprint(1)\t\n   \nx = 1"
    site.program(source, transcript("python program.py", *HOSTILE.split("\n")))
    html = render(site, site.read().text)
    assert texts(html, ".highlight code") == [source + "\n"]
    assert outputs(html) == [HOSTILE]


def test_a_program_and_the_transcripts_directly_below_it_are_one_figure(site):
    site.write("snippets/first.py", "")
    site.write("snippets/second.py", "")
    run = "\n".join(transcript(f"python first.py {number}") for number in "12")
    apart = "Prose.\n\n" + transcript("python first.py 3")
    site.page("\n".join([shown("first.py"), run, shown("second.py"), transcript("python second.py"), apart]))
    figures = render(site, site.read().text).select("figure")
    assert [len(figure.select(".bar")) for figure in figures] == [1, 1, 0]
    assert [len(figure.select(".terminal")) for figure in figures] == [2, 1, 1]


def test_a_faulty_page_is_refused_with_the_name_and_the_line_of_its_file(site):
    fault = transcript("python nothing.py")
    site.page(f"---\ntitle: A page\n---\n\n# Heading\n\n{fault}")
    with pytest.raises(ExamplesError, match=r"\Adocs/page\.md:8: no program `nothing\.py`"):
        render(site, f"# Heading\n\n{fault}")  # what is left when the front matter was read
    with pytest.raises(ExamplesError, match=r"\Apage\.md:4: no program `nothing\.py`"):
        render(site, f"# Other\n\n{fault}")


def test_superfences_keeps_what_the_site_configures(site):
    def drawn(source, *_, **__):
        return f"<i>{source}</i>"

    site.program("print('hello')\n", transcript("python program.py", "hello") + "\n```mermaid\nlanes\n```\n")
    fences = [{"name": "mermaid", "class": "mermaid", "format": drawn}]
    settings = {"pymdownx.superfences": {"custom_fences": fences, "css_class": "box"}}
    html = render(site, site.read().text, "pymdownx.superfences", **settings)
    assert texts(html, "i") == ["lanes"]
    assert texts(html, ".bar + .box code") == ["print('hello')\n"]


@pytest.mark.parametrize("extensions", [[EXTENSION], [EXTENSION, "pymdownx.tabbed", "pymdownx.superfences"]])
def test_an_example_that_other_extensions_lose_is_an_error(site, extensions):
    tab = '=== "3.14"\n\n    ' + transcript("python program.py", "hello").replace("\n", "\n    ")
    site.program("print('hello')\n", tab)
    with pytest.raises(ExamplesError, match=r"\Adocs/page\.md:\d: no code block for this Markdown"):
        markdown.markdown(site.read().text, extensions=extensions, extension_configs={EXTENSION: {"root": site.root}})


def test_a_site_may_name_it_in_mkdocs_yml(site):
    configuration = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", f"{configuration}  - {EXTENSION}\n")
    site.program("print('hello')\n", transcript("python program.py", "hello"))
    assert outputs(render(site, site.read().text)) == ["hello"]


def pages(site: Site) -> list[str]:
    """Two pages with examples in the same places."""
    for name in "ab":
        site.write(f"snippets/{name}.py", f"print('{name}')\n")
        site.page(shown(f"{name}.py") + "\n" + transcript(f"python {name}.py", name), f"docs/{name}.md")
    return [site.read(f"docs/{name}.md").text for name in "ab"]


def test_pages_rendered_one_after_the_other_do_not_mix(site):
    md = markdown.Markdown(extensions=[Examples(root=site.root)])
    assert [outputs(soup(md.reset().convert(text))) for text in pages(site)] == [["a"], ["b"]]


def test_a_page_rendered_in_the_middle_of_another_does_not_mix(site):
    first, second = pages(site)
    examples = Examples(root=site.root)
    inner: list[str] = []

    class Interrupt(Extension, Treeprocessor):
        def extendMarkdown(self, md: markdown.Markdown) -> None:
            md.treeprocessors.register(self, "interrupt", 0)

        def run(self, root) -> None:
            inner.append(markdown.markdown(second, extensions=[examples]))

    outer = soup(markdown.markdown(first, extensions=[examples, Interrupt()]))
    assert (texts(outer, ".file"), outputs(outer)) == (["a.py"], ["a"])
    assert (texts(soup(inner[0]), ".file"), outputs(soup(inner[0]))) == (["b.py"], ["b"])
