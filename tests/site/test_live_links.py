"""A program that came with a link shows all that it has: characters that nobody sees, and code far to the right."""

import sys
import unicodedata

import pytest

from .test_live_edit import NAME, PACKED, PAGE, STORAGE, Figure, context, page  # noqa: F401

pytestmark = pytest.mark.thorough

# Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt, which unicodedata does not tell.
IGNORABLE = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
SPACES = {0x20, 0x3000}  # which people type
HIDDEN = {code for first, last in IGNORABLE for code in range(first, last + 1)} | {0x2800}  # and the empty braille
HIDDEN |= {code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Cf", "Zl", "Zp")}
HIDDEN |= {code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Zs"} - SPACES
TROJAN_SOURCE = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C}

# The code points of all marks in the editor's text, in order. Each stands for one character.
MARKS = """figure => {
    const { view } = figure.querySelector(".cm-content").cmTile ?? figure.querySelector(".cm-content").cmView;
    return [...figure.querySelectorAll(".cm-content .cm-specialChar")].map((mark) => {
        const at = view.posAtDOM(mark);
        return view.state.doc.sliceString(at, at + 2).codePointAt(0);
    });
}"""


def receive(page, text: str, end: str) -> Figure:  # noqa: F811
    """Follows a link to this program on a page that is open, and waits until the editor shows its end."""
    page.evaluate("fragment => { location.hash = fragment; }", page.evaluate(PACKED, [NAME, text]))
    figure = Figure(page)
    figure.editor.get_by_text(end).wait_for()
    return figure


def batches(codes: list[int], size: int) -> list[list[int]]:
    return [codes[begin : begin + size] for begin in range(0, len(codes), size)]


def test_every_hidden_character_is_marked(page):  # noqa: F811
    assert TROJAN_SOURCE <= HIDDEN
    found = []
    for number, codes in enumerate(batches(sorted(HIDDEN), 500)):
        lines = batches(codes, 25)
        text = "".join(f"# {'x'.join(map(chr, line))}\n" for line in lines) + f"# part {number}\n"
        found += receive(page, text, f"# part {number}").figure.evaluate(MARKS)
    assert sorted(found) == sorted(HIDDEN)


def test_an_emoji_keeps_its_parts_and_nothing_more(page):  # noqa: F811
    emoji = "❤️ 👩‍🚀 👩🏽‍💻 🏳️‍🌈 1️⃣"
    marks = receive(page, f"print('{emoji}', 'ä é 世界 ０　')\n# end\n", "# end").figure.evaluate(MARKS)
    assert marks == []
    loose = "❤️\ufe0f x\ufe0f x\u200dy 👩\u200dx 7\ufe0f 👩\u200d\u200d👩"
    marks = receive(page, f"print('{loose}')\n# loose\n", "# loose").figure.evaluate(MARKS)
    assert marks == [0xFE0F, 0xFE0F, 0x200D, 0x200D, 0xFE0F, 0x200D, 0x200D]


def test_code_far_to_the_right_is_in_sight(page):  # noqa: F811
    """Lines of the page's own programs and the reader's do not wrap, as on the page."""
    text = f"print('harmless'){' ' * 600}; import os\n# end\n"
    figure = receive(page, text, "# end")
    scroller = figure.figure.locator(".cm-scroller")
    overflows = "({ scrollWidth, clientWidth }) => scrollWidth > clientWidth"
    assert not scroller.evaluate(overflows)
    figure.edit.click()
    figure.write(text)
    assert scroller.evaluate(overflows)


@pytest.mark.parametrize("refuse", STORAGE.values(), ids=STORAGE)
def test_where_nothing_can_be_kept_the_link_stays(page, address, refuse):  # noqa: F811
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {refuse} }})")
    page.reload()
    figure = receive(page, "print('theirs')\n", "theirs")
    figure.editor.click()
    page.keyboard.type("#")
    figure.note.get_by_text("does not keep it").wait_for()
    page.reload()
    figure.note.get_by_text("came with a link").wait_for()
    assert figure.copied == "print('theirs')\n"
