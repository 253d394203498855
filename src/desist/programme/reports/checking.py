"""What must not be in an exit report: words that lead to somebody, and words of the other side. Pure.

Both are looked for in every part that somebody wrote, and once more in the text of the finished document, as whoever
receives it reads it.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pypdf import PdfReader

from desist import locators
from desist.disclosure import phrases

DOCUMENT = "The finished document"
OTHERS = "words of the other side"


@dataclass(frozen=True)
class Finding:
    """`words` in a part, and what they look like: an address, a postcode, a telephone number or an e-mail address."""

    part: str
    kind: str
    words: str


def leading(parts: Mapping[str, str]) -> tuple[Finding, ...]:
    """What in the parts (title -> text) may lead to somebody, each told once a part."""
    found = [
        Finding(part, one.kind, one.words) for part, text in parts.items() for one in locators.find(text)
    ]
    return tuple(dict.fromkeys(found))


def beyond(document: bytes, known: Iterable[Finding]) -> tuple[Finding, ...]:
    """What in the finished document may lead to somebody and was not found in the parts before.

    A line break hides no postcode, number or e-mail. An address is looked for within a line: a table's last figure and
    the heading below it make no address.
    """
    seen = {_plain(one.words) for one in known}
    across = [one for one in leading({DOCUMENT: printed(document)}) if one.kind != "address"]
    found = dict.fromkeys([*leading({DOCUMENT: "\n¶\n".join(lines(document))}), *across])
    return tuple(one for one in found if _plain(one.words) not in seen)


def repeated(parts: Mapping[str, str], others: Sequence[str]) -> tuple[Finding, ...]:
    """Where a part repeats what may not be raised; `others` are those texts."""
    return tuple(
        Finding(part, OTHERS, passage)
        for part, text in parts.items()
        for passage in phrases.rare(text=text, own=others, others=())
    )


def printed(document: bytes) -> str:
    """Every word of a PDF on one line."""
    return " ".join(lines(document))


def lines(document: bytes) -> tuple[str, ...]:
    """Every line of a PDF as it is read, its properties first."""
    pdf = PdfReader(io.BytesIO(document))
    properties = [str(value) for value in (pdf.metadata or {}).values()]
    pages = [line for page in pdf.pages for line in page.extract_text().split("\n")]
    return tuple(" ".join(line.split()) for line in (*properties, *pages) if line.strip())


def _plain(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()
