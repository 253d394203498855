"""The checks of an exit report: words that lead to a protected person, and words of the other side. Pure.

The checks read every part that a colleague wrote, and once more the text of the finished document, as its reader sees
it.
"""

import io
import re
from collections.abc import Mapping, Sequence

from pypdf import PdfReader

from desist.disclosure import phrases
from desist.locators import Finding
from desist.ui import words
from desist.ui.words import Found

DOCUMENT = "The finished document"
OTHERS = "words of the other side"
#: false hits that a line break and a heading can make
WITHIN_A_LINE = frozenset({"address", "street", "named place"})


def beyond(document: bytes, *, known: Found) -> Found:
    """Return what in the finished document may lead to a protected person and was not found in the parts before.

    A line break hides no postcode, number or e-mail. An address or a place is looked for within a line: a table's last
    figure and the heading below it make no address.
    """
    seen = {_plain(one.words) for findings in known.values() for one in findings}
    across = [one for one in words.read(printed(document)) if one.kind not in WITHIN_A_LINE]
    within = words.read("\n¶\n".join(lines(document)))
    found = {_plain(one.words): one for one in (*across, *within) if _plain(one.words) not in seen}
    return {DOCUMENT: tuple(found.values())} if found else {}


def repeated(parts: Mapping[str, str], others: Sequence[str]) -> Found:
    """Return where a part repeats texts that may not be raised (`others`)."""
    found = {part: phrases.rare(text=text, own=others, others=()) for part, text in parts.items()}
    return {
        part: tuple(Finding(OTHERS, passage, 0) for passage in passages)
        for part, passages in found.items()
        if passages
    }


def printed(document: bytes) -> str:
    """Return every word of a PDF on one line."""
    return " ".join(lines(document))


def lines(document: bytes) -> tuple[str, ...]:
    """Return every line of a PDF as it is read, its properties first."""
    pdf = PdfReader(io.BytesIO(document))
    properties = [str(value) for value in (pdf.metadata or {}).values()]
    pages = [line for page in pdf.pages for line in page.extract_text().split("\n")]
    return tuple(" ".join(line.split()) for line in (*properties, *pages) if line.strip())


def _plain(found: str) -> str:
    return re.sub(r"\W+", "", found).casefold()
