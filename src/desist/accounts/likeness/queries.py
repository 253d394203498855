"""Which accounts look like one person: by name, by e-mail address, or because they sign in at one device.

Two that administrators told apart are two people all the same (`commands`).

A telephone number is kept of nobody here; a passkey and an authenticator's secret are of one account alone, and the
device they are on is seen by its cookie.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Max

from desist.accounts.likeness.models import ToldApart
from desist.accounts.models import Account, SignIn
from desist.accounts.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor

#: before the last moment at which either of two accounts was in use: a device that they shared earlier counts no more
SHARED_WITHIN = timedelta(days=30)
#: two letters' difference in a short name is another name: Sam and Pam
LONG = 5


class Sign(StrEnum):
    """Why two accounts look like one person, as a clause about both."""

    NAME = "their names are the same or nearly so"
    EMAIL = "their e-mail addresses begin alike"
    DEVICE = "they sign in at the same device"


@dataclass(frozen=True)
class Known:
    """What is compared of an account; `devices` says when it was last in use at each, "" for all that are not known."""

    ref: str
    name: str
    email: str
    devices: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """Two accounts that look like one person, and why."""

    one: Known
    other: Known
    signs: tuple[Sign, ...]

    @property
    def why(self) -> str:
        """ "their names are the same or nearly so; they sign in at the same device"."""
        return "; ".join(self.signs)


@dataclass(frozen=True)
class Alike:
    """Two accounts as the administrator reads of them; `asked` where an administrator said that they are two people."""

    one: str
    one_name: str
    other: str
    other_name: str
    why: str
    asked: "Asked | None"
    own: bool  # the administrator is one of the two, or looks like one

    @property
    def two_people(self) -> bool:
        """Whether they count as two people."""
        return bool(self.asked and self.asked.confirmed_by)


@dataclass(frozen=True)
class Asked:
    """That an administrator told two accounts apart, and which one confirmed it."""

    ref: str
    by: str
    at: datetime
    reason: str
    confirmed_by: str
    own: bool  # whether another administrator than the reader has to confirm it


def alike(refs: Iterable[str]) -> set[frozenset[str]]:
    """Which two of these accounts look like one person and were not told apart: what `wall.people` asks."""
    pairs = set(map(_refs, _pairs(_known(Account.objects.filter(ref__in=list(refs))))))
    return pairs - _told_apart() if pairs else pairs


def among(accounts: Iterable[Account], *, reader: str) -> tuple[Alike, ...]:
    """Which of some accounts look like one person, as the administrator `reader` reads it; those told apart last."""
    known = list(accounts)
    names = {one.ref: one.name for one in known}
    pairs = list(_pairs(_known(one for one in known if one.left_at is None)))
    rows = {frozenset((row.one, row.other)): row for row in ToldApart.objects.filter(ended_at=None)}
    apart = {pair for pair, row in rows.items() if row.confirmed_at}
    own = set().union({reader}, *(pair for pair in map(_refs, pairs) if reader in pair and pair not in apart))
    found = [_as_read(pair, rows.get(_refs(pair)), names, own) for pair in pairs]
    return tuple(sorted(found, key=lambda one: one.two_people))


def both(*, actor: Actor, one: str, other: str, at: datetime) -> Pair:
    """Two accounts that look like one person, for the administrator who tells them apart; raises gate.NotFound."""
    rows = gate.open(actor, Action.TELL_APART, Account, one, at=at)
    for pair in _pairs(_known([*rows, *Account.objects.filter(ref=other)])):
        return pair
    raise gate.NotFound(one)


def signs(one: Known, other: Known) -> tuple[Sign, ...]:
    """Why two accounts look like one person; nothing where they do not."""
    found = {
        Sign.NAME: _same_name(_words(one.name), _words(other.name)),
        Sign.EMAIL: _before_at(one.email) == _before_at(other.email),
        Sign.DEVICE: _at_one_device(one.devices, other.devices),
    }
    return tuple(sign for sign, true in found.items() if true)


def _at_one_device(one: Mapping[str, datetime], other: Mapping[str, datetime]) -> bool:
    """Whether two accounts were in use at one known device within SHARED_WITHIN of when either was in use last."""
    shared = [min(one[name], other[name]) for name in one.keys() & other.keys() if name]
    return bool(shared) and max(shared) > max(*one.values(), *other.values()) - SHARED_WITHIN


def _told_apart() -> set[frozenset[str]]:
    rows = ToldApart.objects.filter(confirmed_at__isnull=False, ended_at=None)
    return {frozenset(pair) for pair in rows.values_list("one", "other")}


def _refs(pair: Pair) -> frozenset[str]:
    return frozenset((pair.one.ref, pair.other.ref))


def _as_read(pair: Pair, row: ToldApart | None, names: Mapping[str, str], own: Set[str]) -> Alike:
    """`own` are the reader's account and those that look like theirs."""
    return Alike(
        one=pair.one.ref,
        one_name=pair.one.name,
        other=pair.other.ref,
        other_name=pair.other.name,
        why=pair.why,
        asked=_asked(row, names, own) if row else None,
        own=bool(own & _refs(pair)),
    )


def _asked(row: ToldApart, names: Mapping[str, str], own: Set[str]) -> Asked:
    return Asked(
        ref=row.ref,
        by=names.get(row.asked_by, ""),
        at=row.asked_at,
        reason=row.reason,
        confirmed_by=names.get(row.confirmed_by, ""),
        own=bool(own & {row.asked_by, row.one, row.other}),
    )


def _pairs(known: Iterable[Known]) -> Iterator[Pair]:
    for one, other in itertools.combinations(known, 2):
        if found := signs(one, other):
            yield Pair(one, other, found)


def _known(accounts: Iterable[Account]) -> list[Known]:
    rows = list(accounts)
    used: dict[str, dict[str, datetime]] = {}
    signed = SignIn.objects.filter(grant__account__in=rows).values_list("grant__account__ref", "known_device")
    for ref, device, last in signed.annotate(last=Max("last_seen_at")):
        used.setdefault(ref, {})[device] = last
    return [Known(row.ref, row.name, row.email, used.get(row.ref, {})) for row in rows]


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
