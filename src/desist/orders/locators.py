"""What in a text could lead to the victim: the gate before anything is served on the person.

An exclusion zone tells where somebody lives; a variation after a move tells that she moved. This finds the shapes of
locators and named places; it cannot know a name, so a person still reads the text.
"""

import re
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class Finding:
    """A stretch of text that looks like a locator or names a place, and what it looks like."""

    text: str
    kind: str


_STREET = "road|street|avenue|lane|close|crescent|drive|gardens|grove|terrace|way|court|place|square|hill|mews|row|walk|parade"
_PLACE = (
    "school|academy|college|nursery|university|gym|surgery|hospital|clinic|church|mosque|temple|synagogue|library"
    "|station|supermarket|shop|salon|caf[eé]|pub|office|offices|park|estate|village|town centre|retail park|house"
)
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a postcode", re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b")),
    ("an e-mail address", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b")),
    ("a telephone number", re.compile(r"(?<!\d)(?:\+44\s?|0)(?:\d[\s-]?){8,10}\d(?!\d)")),
    ("a position", re.compile(r"-?\d{1,2}\.\d{3,}\s*,\s*-?\d{1,3}\.\d{3,}")),
    ("three words of a position", re.compile(r"///\w+\.\w+\.\w+")),
    ("a vehicle’s registration", re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b")),
    (
        "a house and street",
        re.compile(rf"\b\d+[a-z]?,?\s+(?:[A-Z][\w’'-]+\s+){{1,3}}(?i:{_STREET})\b"),
    ),
    (
        "a flat or house number",
        re.compile(r"\b(?i:flat|apartment|unit|house|room)\s+(?:no\.?\s*)?\d+[A-Za-z]?\b"),
    ),
    ("a street", re.compile(rf"\b(?:[A-Z][\w’'-]+\s+){{1,3}}(?:{_STREET.title()})\b")),
    ("a named place", re.compile(rf"\b(?:[A-Z][\w’'-]+\s+){{1,3}}(?i:{_PLACE})\b")),
)
#: words that begin a sentence and are no name of a place
_PLAIN = re.compile(
    r"^(?:The|A|An|Any|Her|His|Their|Not|No|Never|At|In|To|Within|Near|Every|This|That)\s", re.IGNORECASE
)


def find(text: str) -> tuple[Finding, ...]:
    """Every stretch that could lead to a place or a person, in the order of the text, each told once."""
    found = chain.from_iterable(_of_shape(kind, shape, text) for kind, shape in _SHAPES)
    kept: list[tuple[int, int, Finding]] = []
    for start, end, finding in found:
        if not any(start < other_end and other_start < end for other_start, other_end, _ in kept):
            kept.append((start, end, finding))
    return tuple(finding for _, _, finding in sorted(kept, key=lambda one: one[0]))


def _of_shape(kind: str, shape: re.Pattern[str], text: str) -> list[tuple[int, int, Finding]]:
    found = []
    for match in shape.finditer(text):
        words = match.group()
        # "The Park" or "Her office" names no place; "Not Mill Park" names Mill Park.
        while (begun := _PLAIN.match(words)) is not None:
            words = words[begun.end() :]
        if " " in words.strip() or kind not in {"a street", "a named place"}:
            found.append((match.end() - len(words), match.end(), Finding(words, kind)))
    return found


_CRIME_REFERENCE = re.compile(r"[A-Z0-9]+(?:[/ -][A-Z0-9]+)*")
LONGEST_REFERENCE = 24


class NotACrimeReference(ValueError):
    """The text is not a crime reference; the sentence says what it looks like."""


def crime_reference(typed: str) -> str:
    """A force's own crime reference in capitals; raises NotACrimeReference for a name or a locator."""
    text = " ".join(typed.upper().split())
    if len(text) > LONGEST_REFERENCE or not _CRIME_REFERENCE.fullmatch(text):
        raise NotACrimeReference(
            "A crime reference has capital letters, digits, hyphens and strokes, at most 24 of them, "
            "like 45/01234/26."
        )
    if sum(letter.isdigit() for letter in text) < 3 or re.search("[A-Z]{5}", text):
        raise NotACrimeReference(
            "This looks like a name. Write the force’s own crime reference, never a name."
        )
    if found := find(text):
        raise NotACrimeReference(f"This looks like {found[0].kind}. Write the force’s own crime reference.")
    return text
