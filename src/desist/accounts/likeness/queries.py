"""Which accounts look like one person: by name, by e-mail address, or because they sign in at one device.

A telephone number is kept of nobody here; a passkey and an authenticator's secret are of one account alone, and the
device they are on is seen by its cookie.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desist.accounts.models import Account, SignIn

#: two letters' difference in a short name is another name: Sam and Pam
LONG = 5


class Sign(StrEnum):
    """Why two accounts look like one person, as a clause about both."""

    NAME = "their names are the same or nearly so"
    EMAIL = "their e-mail addresses begin alike"
    DEVICE = "they sign in at the same device"


@dataclass(frozen=True)
class Known:
    """What is compared of an account."""

    ref: str
    name: str
    email: str
    devices: frozenset[str]


@dataclass(frozen=True)
class Pair:
    """Two accounts that look like one person, and why."""

    one: Known
    other: Known
    signs: tuple[Sign, ...]


def alike(refs: Iterable[str]) -> set[frozenset[str]]:
    """Which two of these accounts look like one person: what `wall.people` asks."""
    return {
        frozenset((pair.one.ref, pair.other.ref))
        for pair in _pairs(_known(Account.objects.filter(ref__in=list(refs))))
    }


def among(accounts: Iterable[Account]) -> dict[str, list[str]]:
    """By reference, what each of some accounts has of one person with a later one, as the administrator reads it."""
    said: dict[str, list[str]] = {}
    for pair in _pairs(_known(accounts)):
        said.setdefault(pair.one.ref, []).append(f"{pair.other.name}: {'; '.join(pair.signs)}")
    return said


def signs(one: Known, other: Known) -> tuple[Sign, ...]:
    """Why two accounts look like one person; nothing where they do not."""
    found = {
        Sign.NAME: _same_name(_words(one.name), _words(other.name)),
        Sign.EMAIL: _before_at(one.email) == _before_at(other.email),
        Sign.DEVICE: bool(one.devices & other.devices),
    }
    return tuple(sign for sign, true in found.items() if true)


def _pairs(known: Iterable[Known]) -> Iterator[Pair]:
    for one, other in itertools.combinations(known, 2):
        if found := signs(one, other):
            yield Pair(one, other, found)


def _known(accounts: Iterable[Account]) -> list[Known]:
    rows = list(accounts)
    used: dict[str, set[str]] = {}
    signed = SignIn.objects.filter(grant__account__in=rows).exclude(known_device="")
    for ref, device in signed.values_list("grant__account__ref", "known_device").distinct():
        used.setdefault(ref, set()).add(device)
    return [Known(row.ref, row.name, row.email, frozenset(used.get(row.ref, ()))) for row in rows]


def _words(name: str) -> list[str]:
    """A name's words without case and accents: "Lowe, Sám" has those of "Sam Lowe"."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    )
    return re.findall(r"\w+", bare.casefold())


def _same_name(one: list[str], other: list[str]) -> bool:
    """Whether two names have the same words, or all but one that is nearly the same."""
    left, right = (list((Counter(a) - Counter(b)).elements()) for a, b in ((one, other), (other, one)))
    if not one or len(one) != len(other):
        return False
    return not left or (len(left) == 1 and len(one) > 1 and _nearly(left[0], right[0]))


def _nearly(one: str, other: str) -> bool:
    """An initial for a name, or a long word with one letter more, less or other."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return len(short) >= LONG and _one_letter(short, long)


def _one_letter(short: str, long: str) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[same:] if len(long) > len(short) else short[same + 1 :]
    return len(long) - len(short) <= 1 and rest == long[same + 1 :]


def _before_at(email: str) -> str:
    """The part that a person has of an address, however it is broken up and tagged: sam.lowe+2@ as samlowe@."""
    return re.sub(r"[._-]", "", email.partition("@")[0].partition("+")[0].casefold())
