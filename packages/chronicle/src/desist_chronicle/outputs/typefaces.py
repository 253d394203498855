"""The free Noto fonts, each loaded only when a character needs it."""

import re
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

#: the order in which faces are tried for a character; the first is the text face
_FACES = (
    "NotoSans",
    "NotoSansArabic",
    "NotoSansHebrew",
    "NotoEmoji",
    "NotoSansSymbols",
    "NotoSansDevanagari",
    "NotoSansBengali",
    "NotoSansGurmukhi",
    "NotoSansGujarati",
    "NotoSansTamil",
    "NotoSansTelugu",
    "NotoSansKannada",
    "NotoSansMalayalam",
    "NotoSansSinhala",
    "NotoSansThai",
    "NotoSansLao",
    "NotoSansKhmer",
    "NotoSansMyanmar",
    "NotoSansEthiopic",
    "NotoSansArmenian",
    "NotoSansGeorgian",
)
TEXT_FACE = _FACES[0]
#: emoji are drawn from this face even where the text face has a plain sign for them
_EMOJI_FACE = "NotoEmoji"
_EMOJI_BEGIN = 0x1F000
_BEYOND_BASIC = re.compile("<([0-9A-F]{5,6})>")


class _Face(TTFont):
    """A TrueType face whose characters beyond U+FFFF can be copied and searched: reportlab writes those wrongly."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802, ANN401 - reportlab's name and type
        super().addObjects(doc)
        for name, held in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                held.content = _BEYOND_BASIC.sub(_surrogates, held.content)


def _surrogates(found: re.Match[str]) -> str:
    """A code point in hexadecimal as the UTF-16 pair that PDF asks for (ISO 32000-1, 9.10.3)."""
    return f"<{chr(int(found.group(1), 16)).encode('utf-16-be').hex().upper()}>"


@lru_cache(maxsize=len(_FACES))
def load(face: str) -> TTFont:
    """Make a face known to reportlab and return it."""
    with as_file(files("manimgx_fonts") / f"{face}[wght].ttf") as path:
        font = _Face(face, str(path))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=65_536)
def face_of(character: str) -> str | None:
    """The face that has the character, or None where none has."""
    code = ord(character)
    faces = (_EMOJI_FACE, *_FACES) if code >= _EMOJI_BEGIN else _FACES
    return next((face for face in faces if code in load(face).face.charToGlyph), None)


@lru_cache(maxsize=65_536)
def width_of(character: str, face: str) -> float:
    """The character's width in that face, for a size of one point."""
    return float(pdfmetrics.stringWidth(character, load(face).fontName, 1))
