"""A force's own crime reference: an order says no more of the protected persons. Pure."""

import re

from desist.locators import find

_CRIME_REFERENCE = re.compile(r"[A-Z0-9]+(?:[/ -][A-Z0-9]+)*")
LONGEST_REFERENCE = 24
LIKE = "like 45/01234/26"


class NotACrimeReference(ValueError):
    """The text is not a crime reference; the sentence says what it looks like."""


def known(typed: str) -> str:
    """A crime reference in capitals; empty for any other text."""
    try:
        return crime_reference(typed)
    except NotACrimeReference:
        return ""


def crime_reference(typed: str) -> str:
    """A force's own crime reference in capitals; raises NotACrimeReference for a name or a locator."""
    text = " ".join(typed.upper().split())
    if len(text) > LONGEST_REFERENCE or not _CRIME_REFERENCE.fullmatch(text):
        raise NotACrimeReference(
            f"A crime reference has capital letters, digits, hyphens and strokes, at most 24 of them, {LIKE}."
        )
    if sum(letter.isdigit() for letter in text) < 3 or re.search("[A-Z]{5}", text):
        raise NotACrimeReference(f"This looks like a name. Write the force’s own crime reference, {LIKE}.")
    if found := find(text):
        raise NotACrimeReference(
            f"This looks like {found[0].like}. Write the force’s own crime reference, {LIKE}."
        )
    return text
