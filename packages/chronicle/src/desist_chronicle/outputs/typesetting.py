"""Lines of any script, mixed in direction, broken to a width and drawn with whichever face has each character."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_base_level, get_display
from reportlab.pdfgen.canvas import Canvas

from desist_chronicle.outputs.typefaces import TEXT_FACE, bold_face_of, face_of, width_of

#: joiners, selectors, direction marks and skin tones: they shape what they stand beside and have no picture of their own
_WITHOUT_PICTURE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]"
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORDS = re.compile(r"\s+|\S+")
_SPACE_FOR_TAB = "    "
#: the most by which a line of the bold cut is wider
_BOLD_IS_WIDER = 1.12
#: legible and free of a reader's configuration file
_JOINER = ArabicReshaper({"delete_harakat": False, "support_zwj": True})


@dataclass(frozen=True)
class Line:
    """One line as it is seen from left to right, and how wide it is at a size of one point."""

    text: str
    width: float
    right_to_left: bool


def show(character: str) -> str:
    """What is drawn for a character: itself, or its code in brackets where no face has it."""
    if character in " \u00a0\u202f\u2009":
        return " "
    if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} or face_of(character) is None:
        return f"\u2039U+{ord(character):04X}\u203a"
    return character


def _drawable(paragraph: str) -> str:
    """A paragraph with every character drawable and Arabic letters joined, still in reading order."""
    text = paragraph.replace("\t", _SPACE_FOR_TAB)
    if text.isascii() and text.isprintable():
        return text
    if _ARABIC.search(text):
        text = _JOINER.reshape(text)
    return "".join(map(show, _WITHOUT_PICTURE.sub("", text)))


@lru_cache(maxsize=65_536)
def _width(character: str) -> float:
    return width_of(character, face_of(character) or TEXT_FACE)


def measure(text: str) -> float:
    """How wide a drawable text is at a size of one point."""
    return sum(map(_width, text))


def break_lines(*, text: str, width: float, size: float, bold: bool = False) -> list[Line]:
    """Break a text into lines no wider than `width` points at `size`; at least one line, if an empty one."""
    room = width / size / (_BOLD_IS_WIDER if bold else 1.0)
    lines: list[Line] = []
    for paragraph in _LINE_END.split(text):
        drawable = _drawable(paragraph)
        rtl = bool(_RIGHT_TO_LEFT.search(drawable)) and get_base_level(drawable) == 1
        lines.extend(_line(part, rtl) for part in _fit(drawable, room))
    return lines


def _fit(text: str, room: float) -> list[str]:
    """Split at spaces where that suffices, inside a word where it is wider than a whole line."""
    parts: list[str] = []
    current, used = "", 0.0
    for word in _WORDS.findall(text):
        wide = measure(word)
        if used + wide <= room:
            current, used = current + word, used + wide
            continue
        if current.strip():
            parts.append(current.rstrip())
        current = ""
        if not word.isspace():
            *whole, current = _cut(word, room) if wide > room else [word]
            parts.extend(whole)
        used = measure(current)
    return [*parts, current.rstrip()]


def _cut(word: str, room: float) -> list[str]:
    pieces = [""]
    used = 0.0
    for character in word:
        wide = _width(character)
        if used + wide > room and pieces[-1]:
            pieces.append("")
            used = 0.0
        pieces[-1] += character
        used += wide
    return pieces


def _line(text: str, rtl: bool) -> Line:  # noqa: FBT001 - two facts of one line
    seen = text
    if _RIGHT_TO_LEFT.search(text):
        seen = str(get_display(text, base_dir="R" if rtl else "L"))
    return Line(text=seen, width=measure(seen), right_to_left=rtl)


def draw(
    *, canvas: Canvas, line: Line, x: float, y: float, size: float, width: float, bold: bool = False
) -> None:
    """Draw a line with its baseline at `y`, at the left of the column, or at its right when it reads that way."""
    canvas.saveState()
    text = canvas.beginText(x + width - line.width * size if line.right_to_left else x, y)
    if bold:
        canvas.setLineWidth(size / 40)
    for (face, is_cut), characters in _runs(line.text, bold=bold):
        if bold:
            # a face without a bold cut is drawn with its outline as well
            text.setTextRenderMode(0 if is_cut else 2)
        text.setFont(face, size)
        text.textOut(characters)
    canvas.drawText(text)
    canvas.restoreState()


def _runs(text: str, *, bold: bool) -> Iterator[tuple[tuple[str, bool], str]]:
    """Yield the stretches of a line that one face draws. Plain letters, which are most, are looked up once a line."""
    if text.isascii():
        yield _face(text[:1] or " ", bold=bold), text
        return
    for face, characters in groupby(text, key=lambda one: _face(one, bold=bold)):
        yield face, "".join(characters)


def _face(character: str, *, bold: bool) -> tuple[str, bool]:
    """Return the face for a character, and whether it is a bold cut."""
    cut = bold_face_of(character) if bold else None
    return cut or face_of(character) or TEXT_FACE, cut is not None
