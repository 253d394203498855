"""Which accounts look like one person: by name, by e-mail address, or because they sign in on one device.

Two accounts that administrators told apart still count as two people (`commands`).

The site keeps no telephone numbers of staff. A passkey and an authenticator's secret belong to one account alone, and
the device that holds them is known by its cookie.
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

#: before the last use of either account: an earlier use of a shared device does not count
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
    """The compared facts of an account; `devices` gives its last use on each device, with "" for all unknown ones."""

    ref: str
    name: str
    email: str
    devices: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """Two accounts that look like one person, with the reasons."""

    one: Known
    other: Known
    signs: tuple[Sign, ...]

    @property
    def why(self) -> str:
        """ "their names are the same or nearly so; they sign in at the same device"."""
        return "; ".join(self.signs)


@dataclass(frozen=True)
class Alike:
    """Such a pair as the administrator reads it; `asked` is set once an administrator said they are two people."""

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
    """The record that one administrator told two accounts apart, and which one confirmed it."""

    ref: str
    by: str
    at: datetime
    reason: str
    confirmed_by: str
    own: bool  # whether an administrator other than the reader has to confirm it


def alike(refs: Iterable[str]) -> set[frozenset[str]]:
    """The pairs of these accounts that look like one person and are not told apart, for `wall.people`."""
    pairs = set(map(_refs, _pairs(_known(Account.objects.filter(ref__in=list(refs))))))
    return pairs - _told_apart() if pairs else pairs


def among(accounts: Iterable[Account], *, reader: str) -> tuple[Alike, ...]:
    """Pairs of accounts that look like one person, as the administrator `reader` sees them; pairs told apart last."""
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
    """The reasons why two accounts look like one person; none where they do not."""
    found = {
        Sign.NAME: _same_name(_words(one.name), _words(other.name)),
        Sign.EMAIL: _before_at(one.email) == _before_at(other.email),
        Sign.DEVICE: _at_one_device(one.devices, other.devices),
    }
    return tuple(sign for sign, true in found.items() if true)


def _at_one_device(one: Mapping[str, datetime], other: Mapping[str, datetime]) -> bool:
    """Whether both accounts used one known device within SHARED_WITHIN of either account's last use."""
    shared = [min(one[name], other[name]) for name in one.keys() & other.keys() if name]
    return bool(shared) and max(shared) > max(*one.values(), *other.values()) - SHARED_WITHIN


def _told_apart() -> set[frozenset[str]]:
    rows = ToldApart.objects.filter(confirmed_at__isnull=False, ended_at=None)
    return {frozenset(pair) for pair in rows.values_list("one", "other")}


def _refs(pair: Pair) -> frozenset[str]:
    return frozenset((pair.one.ref, pair.other.ref))


def _as_read(pair: Pair, row: ToldApart | None, names: Mapping[str, str], own: Set[str]) -> Alike:
    """The pair as the administrator reads it; `own` holds the reader's account and those that look like it."""
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
    """A name's words without case and accents: "Lowe, Sám" gives those of "Sam Lowe"."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    )
    return re.findall(r"\w+", bare.casefold())


def _same_name(one: list[str], other: list[str]) -> bool:
    """Whether two names have equal words, or all but one equal and that one nearly so."""
    left, right = (list((Counter(a) - Counter(b)).elements()) for a, b in ((one, other), (other, one)))
    if not one or len(one) != len(other):
        return False
    return not left or (len(left) == 1 and len(one) > 1 and _nearly(left[0], right[0]))


def _nearly(one: str, other: str) -> bool:
    """Whether one word is the other's initial, or a long word that differs by one letter."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return len(short) >= LONG and _one_letter(short, long)


def _one_letter(short: str, long: str) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[same:] if len(long) > len(short) else short[same + 1 :]
    return len(long) - len(short) <= 1 and rest == long[same + 1 :]


def _before_at(email: str) -> str:
    """The person's part of an address, without dots and tags: sam.lowe+2@ gives samlowe@."""
    return re.sub(r"[._-]", "", email.partition("@")[0].partition("+")[0].casefold())
