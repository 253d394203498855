"""What in a text could lead to the victim: the gate before anything is served on the person.

An exclusion zone tells where somebody lives; a variation after a move tells that she moved. Beside the shapes of
locators, streets and named places are found; no name of a person can be known, so a person still reads the text.
"""

import re
from collections.abc import Iterator
from itertools import chain

from desist.locators import SHAPES, Finding, apart, legible, matching

_STREET = "road|street|avenue|lane|close|crescent|drive|gardens|grove|terrace|way|court|place|square|hill|mews|row|walk|parade"
_PLACE = (
    "school|academy|college|nursery|university|gym|surgery|hospital|clinic|church|mosque|temple|synagogue|library"
    "|station|supermarket|shop|salon|caf[eé]|pub|office|offices|park|estate|village|town centre|retail park|house"
)
_PLACES = (
    ("street", re.compile(rf"\b(?:[A-Z][\w’'-]+\s+){{1,3}}(?:{_STREET.title()})\b")),
    ("named place", re.compile(rf"\b(?:[A-Z][\w’'-]+\s+){{1,3}}(?i:{_PLACE})\b")),
)
#: words that begin a sentence and are no name of a place
_PLAIN = re.compile(
    r"^(?:The|A|An|Any|Her|His|Their|Not|No|Never|At|In|To|Within|Near|Every|This|That)\s", re.IGNORECASE
)
#: where a court sits is no secret
_COURT = re.compile(r"(?:County|Crown|Family|Magistrates[’']?|Youth) Court$")


def find(text: str) -> tuple[Finding, ...]:
    """Every stretch that could lead to a place or a person, in the order of the text, each told once."""
    read = legible(text)
    return apart(chain(matching(read, SHAPES), _places(read)))


def _places(read: str) -> Iterator[Finding]:
    for one in matching(read, _PLACES):
        words = one.words
        # "The Park" or "Her office" names no place; "Not Mill Park" names Mill Park.
        while (begun := _PLAIN.match(words)) is not None:
            words = words[begun.end() :]
        if " " in words.strip() and not _COURT.search(words):
            yield Finding(one.kind, words, one.end - len(words))


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
        raise NotACrimeReference(f"This looks like {found[0].like}. Write the force’s own crime reference.")
    return text
