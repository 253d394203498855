"""Any script is set legibly, and no character is dropped in silence."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from desist_chronicle.outputs.typefaces import face_of
from desist_chronicle.outputs.typesetting import break_lines, draw, measure


def drawn(tmp_path: Path, text: str, *, bold: bool = False) -> str:
    """The text of a PDF that the text was drawn into."""
    path = tmp_path / "drawn.pdf"
    canvas = Canvas(str(path), invariant=1)
    for number, line in enumerate(break_lines(text=text, width=300, size=9)):
        draw(canvas=canvas, line=line, x=40, y=700 - 12 * number, size=9, width=300, bold=bold)
    canvas.save()
    return PdfReader(path).pages[0].extract_text()


@pytest.mark.parametrize(
    ("character", "face"),
    [
        ("a", "NotoSans"),
        ("\u0441", "NotoSans"),
        ("\u0633", "NotoSansArabic"),
        ("\ufeb3", "NotoSansArabic"),
        ("\u05e9", "NotoSansHebrew"),
        ("\U0001f600", "NotoEmoji"),
        ("\u2764", "NotoEmoji"),
        ("\u0e01", "NotoSansThai"),
    ],
)
def test_each_script_has_a_face(character: str, face: str) -> None:
    assert face_of(character) == face


def test_emoji_can_be_copied_out_of_the_volume(tmp_path: Path) -> None:
    assert "ok \U0001f600 \U0001f937" in drawn(tmp_path, "ok \U0001f600 \U0001f937\U0001f3fd\u200d\ufe0f")


def test_hebrew_is_drawn_from_right_to_left() -> None:
    line = break_lines(text="\u05e9\u05dc\u05d5\u05dd (10:15)", width=300, size=9)[0]

    assert line.right_to_left
    assert line.text == "(10:15) \u05dd\u05d5\u05dc\u05e9"


def test_hebrew_within_english_leaves_the_line_from_left_to_right() -> None:
    line = break_lines(text="he said \u05e9\u05dc to me", width=300, size=9)[0]

    assert not line.right_to_left
    assert line.text == "he said \u05dc\u05e9 to me"


def test_arabic_letters_are_joined() -> None:
    line = break_lines(text="\u0633\u0644\u0633", width=300, size=9)[0]

    # from left to right as it is seen: final, middle and first form
    assert line.text == "\ufeb2\ufee0\ufeb3"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u4e2d", "\u2039U+4E2D\u203a"),
        ("a\x07b", "a\u2039U+0007\u203ab"),
        ("\ud83d", "\u2039U+D83D\u203a"),
        ("a\tb", "a    b"),
        ("a\u00a0\u202fb", "a  b"),
        ("\u202eabc\u202c", "abc"),
    ],
)
def test_what_no_face_can_draw_is_shown_by_its_code(text: str, shown: str) -> None:
    assert break_lines(text=text, width=300, size=9)[0].text == shown


def test_line_ends_of_every_kind_end_a_line_and_an_empty_text_is_one_empty_line() -> None:
    assert [line.text for line in break_lines(text="a\r\nb\nc\u2028\nd", width=300, size=9)] == [
        "a",
        "b",
        "c",
        "",
        "d",
    ]
    assert [line.text for line in break_lines(text="", width=300, size=9)] == [""]


def test_a_word_wider_than_the_line_is_cut_and_goes_on() -> None:
    lines = [line.text for line in break_lines(text=f"see {'x' * 100} now", width=100, size=9)]

    assert lines[0] == "see"
    assert "".join(lines[1:]) == "x" * 100 + " now"


def test_bold_is_bold_for_its_own_line_only(tmp_path: Path) -> None:
    assert "Heading" in drawn(tmp_path, "Heading", bold=True)


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Mn"]), max_size=80))
def test_no_line_is_wider_than_its_column_and_no_character_is_lost(text: str) -> None:
    lines = break_lines(text=text, width=120, size=9)

    assert all(line.width * 9 <= 120 + 1e-6 for line in lines)
    assert all(line.width == pytest.approx(measure(line.text)) for line in lines)
    if text.isascii():
        assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())


def test_words_stay_apart_where_the_space_between_them_is_wider_than_the_line() -> None:
    assert [line.text for line in break_lines(text=f"a{' ' * 200}b", width=100, size=9)] == ["a", "b"]
    assert [line.text for line in break_lines(text=f"{' ' * 200}b", width=100, size=9)] == ["b"]
