"""The drawings of cards, pages and posters: small SVG files of one family, which pages and messages name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from defusedxml import DefusedXmlException, ElementTree
from markupsafe import Markup

from desist.public.content import readable
from desist.public.fields import nearest
from desist.public.problems import Found

FOLDER = "drawings"
#: on a poster whose message names none
DEFAULT = "mark"
#: the elements and attributes of a drawing: nothing that runs, asks for a file or changes the page round it
ELEMENTS = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "title"}
ATTRIBUTES = re.compile(
    r"viewBox|d|points|[xy][12]?|c[xy]|r[xy]?|width|height|transform|(fill|stroke)(-[a-z]+)?"
)
NAMESPACE = "{http://www.w3.org/2000/svg}"
#: bytes; several are drawn into one page
HEAVY = 2_000


@dataclass(frozen=True)
class Drawing:
    """One drawing: what it shows, and the SVG as a poster takes it."""

    title: str
    svg: str

    @property
    def inline(self) -> Markup:
        """The SVG for a page whose words say the same: readers of screens pass it over."""
        words = self.svg.replace(f"<title>{escape(self.title, quote=False)}</title>", "")
        drawn = words.replace("<svg ", '<svg class="drawing" aria-hidden="true" focusable="false" ', 1)
        return Markup(drawn.strip())  # noqa: S704 -- read_drawing let nothing but shapes through


def read_drawings(folders: Iterable[Path], *, found: Found) -> dict[str, Drawing]:
    """Every drawing of some folders by its name; a later folder's replaces one of the same name."""
    paths = {path.stem: path for folder in folders for path in sorted(folder.glob("*.svg"))}
    read = {name: read_drawing(path, found=found) for name, path in paths.items()}
    return {name: drawing for name, drawing in read.items() if drawing is not None}


def read_drawing(path: Path, *, found: Found) -> Drawing | None:
    """One file; what a page may not hold is a mistake."""
    text = readable(path, found=found)
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, DefusedXmlException):
        found.error(path, 1, "is no plain SVG: save it again as one")
        return None
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        strange = [
            one for one, value in element.attrib.items() if not ATTRIBUTES.fullmatch(one) or "url" in value
        ]
        if name not in ELEMENTS or strange:
            words = ", ".join([*([] if name in ELEMENTS else [f"<{name}>"]), *strange])
            found.error(path, 1, f"has {words}: a drawing has shapes and colours alone")
            return None
    title = root.findtext(f"{NAMESPACE}title") or ""
    if not title or not root.get("viewBox"):
        found.error(path, 1, "needs a viewBox, and a <title> that says what it shows")
        return None
    if len(text) > HEAVY:
        found.error(path, 1, f"weighs {len(text):,} bytes; make it smaller than {HEAVY:,}")
    return Drawing(title, text)


def unknown(name: str, known: Iterable[str]) -> str:
    """The mistake of a page or a message that names a drawing which is not there."""
    return f"is {name!r}, no file of the folder {FOLDER}{nearest(name, known)}"
