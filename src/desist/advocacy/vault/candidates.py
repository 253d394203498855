"""Each part of a text that may be a locator, in the normal spelling that is hashed for search, and its hashes. Pure.

A hash costs more than all else, so only text that can be a locator is hashed: a registration has a figure, and three
words of ordinary prose are no name of an account. Three with a capital, a figure or a sign between them may be one.
"""

import hmac
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from desist.advocacy.vault import normal
from desist.advocacy.vault.states import Kind

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: a word, and the characters after it
WORD = re.compile(r"([^\W_]+)([\W_]*)")
#: a registration or the name of an account is no shorter than this
SHORTEST = 6


def find(text: str) -> Mapping[Kind, set[str]]:
    """Every candidate: kind of its group -> spellings."""
    plain = normal.plain(text)
    found: defaultdict[Kind, set[str]] = defaultdict(set)
    if re.search(r"\d", plain):
        numbers = PhoneNumberMatcher(plain, "GB", Leniency.POSSIBLE)
        found[Kind.PHONE] = {format_number(match.number, PhoneNumberFormat.E164) for match in numbers}
        found[Kind.HOME] = {"".join(parts) for parts in normal.POSTCODE.findall(plain.upper())}
    if "@" in plain:
        found[Kind.EMAIL] = set(EMAIL.findall(plain))
    found[Kind.ONLINE] = {run for run in _runs(normal.one_width(text)) if len(run) >= SHORTEST}
    found[Kind.VEHICLE] = {run for run in found[Kind.ONLINE] if re.search(r"\d", run)}
    return found


def marks(found: Mapping[Kind, set[str]], *, key: bytes) -> set[bytes]:
    """The keyed hashes under which candidates may be kept."""
    return {mark for kind, spellings in found.items() for mark in _marks(kind, spellings, key)}


def mark(kind: Kind, spelling: str, *, key: bytes) -> bytes:
    """The keyed hash of a spelling."""
    (only,) = _marks(kind, {spelling}, key)
    return only


def _marks(kind: Kind, spellings: set[str], key: bytes) -> Iterator[bytes]:
    """The marks of one spelling. A place of any kind is found by its postcode."""
    group = kind.value if kind in {Kind.PHONE, Kind.EMAIL, Kind.VEHICLE, Kind.ONLINE} else "postcode"
    begun = hmac.new(key, f"{group}|".encode(), "sha256")
    for spelling in spellings:
        each = begun.copy()
        each.update(spelling.encode())
        yield each.digest()


def _runs(text: str) -> Iterator[str]:
    """One word, two together, and three if a capital, a figure or a sign shows that they are more than prose."""
    read = WORD.findall(text)
    words = [word.casefold() for word, _ in read]
    tells = [not (word.isalpha() and word.islower()) for word, _ in read]
    or_is_joined = [told or not behind.isspace() for told, (_, behind) in zip(tells, read, strict=True)]
    yield from words
    yield from map(str.__add__, words, words[1:])
    threes = zip(words, words[1:], words[2:], or_is_joined, or_is_joined[1:], tells[2:], strict=False)
    yield from (one + two + three for one, two, three, *told in threes if any(told))
