"""What in a text could be a locator of anybody's, in the one spelling that is hashed for search. Pure."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from desist.advocacy.vault import normal
from desist.advocacy.vault.states import Kind

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: a registration or the name of an account may be written in so many words, and is no shorter than this
PARTS, SHORTEST = 3, 6


def find(text: str) -> Iterator[tuple[Kind, str]]:
    """Every candidate, as a kind of its group and its spelling; the same may come more than once."""
    plain = normal.plain(text)
    for match in PhoneNumberMatcher(plain, "GB", Leniency.POSSIBLE):
        yield Kind.PHONE, format_number(match.number, PhoneNumberFormat.E164)
    yield from ((Kind.EMAIL, found) for found in EMAIL.findall(plain))
    yield from ((Kind.HOME, "".join(found)) for found in normal.POSTCODE.findall(plain.upper()))
    words = re.findall(r"[^\W_]+", plain)
    for start in range(len(words)):
        for count in range(1, PARTS + 1):
            run = "".join(words[start : start + count])
            if len(run) >= SHORTEST:
                yield from ((Kind.VEHICLE, run), (Kind.ONLINE, run))
