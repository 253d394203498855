"""PDF documents from typst layouts, tagged so that screen readers can follow them (PDF/UA-1).

A layout reads its data with `json(bytes(sys.inputs.data))`: typed text never becomes part of the layout's own source.
"""

import json
import unicodedata
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

#: the layout of every letter: a name, an address, a day, paragraphs, and who signs it
LETTER = Path(__file__).parent / "letter.typ"
#: characters that are never drawn themselves: line ends, joiners, directions, variations
SILENT = {"Cf", "Zl", "Zp"}
VARIATIONS = range(0xFE00, 0xFE10)


class NotMade(Exception):
    """The document could not be made. The error's text holds none of the document's words."""


def pdf(*, layout: Path, data: Mapping[str, Any]) -> bytes:
    """The layout filled with data, as one PDF; a character without a typeface appears as its number. Raises NotMade."""
    import typst  # noqa: PLC0415 -- 20 MB that only a page which prints has to load

    try:
        with as_file(files("manimgx_fonts")) as fonts:
            made: bytes = typst.compile(
                str(layout),
                root=str(layout.parent),
                format="pdf",
                font_paths=[str(fonts)],
                sys_inputs={"data": json.dumps(_drawable(data), ensure_ascii=False)},
                pdf_standards="ua-1",
            )
    except (typst.TypstError, RuntimeError, OSError):
        raise NotMade(layout.name) from None  # its words could hold a person’s
    return bytes(made)


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of a text that no typeface here draws, each once."""
    return tuple(dict.fromkeys(one for one in text if not _draws(one)))


def _drawable(value: Any) -> Any:  # noqa: ANN401 -- JSON of any depth
    if isinstance(value, str):
        return "".join(one if _draws(one) else f"[U+{ord(one):04X}]" for one in value)
    if isinstance(value, Mapping):
        return {name: _drawable(one) for name, one in value.items()}
    return [_drawable(one) for one in value] if isinstance(value, list | tuple) else value


def _draws(character: str) -> bool:
    """Whether a typeface has the character, or it needs none."""
    if character.isascii():
        return character.isprintable() or character in "\n\r\t"
    if unicodedata.category(character) in SILENT or ord(character) in VARIATIONS:
        return True
    from desist_chronicle.outputs import typefaces  # noqa: PLC0415 -- reads typefaces, which few texts need

    return typefaces.face_of(character) is not None
