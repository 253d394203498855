"""Typed text: unshowable characters are refused in words, and equal texts become equal."""

import re
import unicodedata

#: characters that no screen shows or that turn the order of the words around them: controls, overrides, non-characters
UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def composed(text: str) -> str:
    """Line ends as one newline and accents joined to their letters, so that equal texts compare as equal."""
    return unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))


def unshowable_sentence(before: str) -> str:
    """The sentence with the place of an unshowable character."""
    place = f"after “{before[-20:].lstrip()}”" if before.strip() else "at the start"
    return f"There was a character here that cannot be shown, {place}. It is taken out below: read the text and send it again"
