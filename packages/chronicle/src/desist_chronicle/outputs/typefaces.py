"""The free Noto fonts, each loaded only when a character needs it."""

import re
from functools import lru_cache
from importlib.resources import as_file, files
from io import BytesIO
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
BOLD_FACE = f"{TEXT_FACE}-Bold"
_BOLD_WEIGHT = 700
#: the scripts that the text face and its bold cut have: making it of fewer characters is quick
_BOLD_CHARACTERS = (*range(0x20, 0x530), *range(0x1E00, 0x2070), *range(0x20A0, 0x20C0))
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


@lru_cache(maxsize=1)
def load_bold() -> TTFont:
    """Make the bold cut of the text face known to reportlab, as its designers drew it, and return it."""
    # slow to import, without types, and only a volume needs them
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # noqa: PLC0415
    from fontTools.ttLib import TTFont as Drawn  # type: ignore[import-untyped]  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]  # noqa: PLC0415

    with as_file(files("manimgx_fonts") / f"{TEXT_FACE}[wght].ttf") as path:
        # else it would hold the moment of drawing, and the same report other bytes
        drawn = Drawn(path, recalcTimestamp=False)
    fewer = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True))
    fewer.populate(unicodes=_BOLD_CHARACTERS)
    fewer.subset(drawn)
    instantiateVariableFont(drawn, {"wght": _BOLD_WEIGHT}, inplace=True)
    # the library tells faces apart by this name
    for record in drawn["name"].names:
        record.string = BOLD_FACE
    written = BytesIO()
    drawn.save(written)
    written.seek(0)
    font = _Face(BOLD_FACE, written)
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=65_536)
def bold_face_of(character: str) -> str | None:
    """The bold face that has the character, or None where it is drawn thick."""
    is_text = face_of(character) == TEXT_FACE
    return BOLD_FACE if is_text and ord(character) in load_bold().face.charToGlyph else None


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
