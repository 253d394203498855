"""The list of saves on the pages about earlier versions: which account saved and when.

A page that saves itself while a colleague types makes many saves: saves of one account within ten minutes are one
version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from desist.accounts import queries as accounts
from desist.wall.actors import Actor

A_COLLEAGUE = "a colleague"
#: saves of one account are one version while they lie no further apart than this
TOGETHER = timedelta(minutes=10)
#: the most versions that one page lists
LISTED = 50
#: the most saves that a page reads: several hours of typing without a pause
READ = 2000
#: nothing was put right
NEVER: Mapping[int, str] = MappingProxyType({})
LONGEST = 10  # digits: what a column of version numbers takes


@dataclass(frozen=True)
class Save:
    """One save: the number of the version that it made, the account and the moment."""

    number: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Version:
    """The end of a run of saves by one account; `first` is the oldest version in it."""

    number: int
    by: str
    at: datetime
    first: int
    why: str = ""  # why it was put right after it was finished


@dataclass(frozen=True)
class Page:
    """Versions, the newest first; `older` is the number before which the next page begins, 0 for none."""

    versions: tuple[Version, ...]
    older: int


def number(text: str) -> int | None:
    """Return the number of a version in an address; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < LONGEST else None


def versions(saves: Iterable[Save], *, why: Mapping[int, str] = NEVER) -> list[Version]:
    """Return saves, newest first, as versions. A save with a reason in `why` (by number) is a version of its own."""
    found: list[Version] = []
    for save in saves:
        # A note beside the record, such as a contact, leaves its version as it is.
        same = bool(found) and found[-1].first == save.number
        together = bool(found) and found[-1].by == save.by and found[-1].at - save.at <= TOGETHER
        if same or (together and not found[-1].why):
            found[-1] = replace(found[-1], first=save.number)
        else:
            found.append(Version(save.number, save.by, save.at, save.number, why.get(save.number, "")))
    return found


def page(saves: list[Save], *, actor: Actor, why: Mapping[int, str] = NEVER) -> Page:
    """One page of versions, with names in place of references."""
    found = versions(saves, why=why)
    shown = found[:LISTED]
    more = len(found) > LISTED or len(saves) == READ
    names = accounts.names(refs={one.by for one in shown}) | {actor.who: accounts.YOU}
    named = tuple(replace(one, by=names.get(one.by, A_COLLEAGUE)) for one in shown)
    return Page(named, shown[-1].first if more else 0)
