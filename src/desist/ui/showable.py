"""Typed text: unshowable characters are refused in words, and equal texts become equal."""

import re
import unicodedata

#: Unicode's non-characters: two at the end of each of the seventeen planes, and thirty-two in the first
NON_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
#: characters that no screen shows or that turn the order of the words around them: controls, overrides, non-characters
UNSHOWABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff{NON_CHARACTERS}]")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def composed(text: str) -> str:
    """Line ends as one newline and accents joined to their letters, so that equal texts compare as equal."""
    return unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))


def unshowable_sentence(before: str) -> str:
    """The sentence with the place of an unshowable character."""
    place = f"after “{before[-20:].lstrip()}”" if before.strip() else "at the start"
    return f"There was a character here that cannot be shown, {place}. It is taken out below: read the text and send it again"
