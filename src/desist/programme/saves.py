"""Who saved something and when, as the pages about earlier versions list it.

What saves itself while somebody types is saved many times: saves of one person within ten minutes are one version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from desist.accounts import queries as accounts
from desist.wall.actors import Actor

SOMEBODY = "somebody"
#: saves of one person are one version as long as they lie no further apart than this
TOGETHER = timedelta(minutes=10)
#: the most versions that one page lists
LISTED = 50
#: the most saves that are read for one page: several hours of typing without a pause
READ = 2000
#: nothing was put right
NEVER: Mapping[int, str] = MappingProxyType({})
LONGEST = 10  # digits: what a column of version numbers takes


@dataclass(frozen=True)
class Save:
    """One save: the number of the version that it made, who and when."""

    number: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Version:
    """What saves one after the other by one person ended in; `first` is the oldest version among them."""

    number: int
    by: str
    at: datetime
    first: int
    why: str = ""  # of what was put right after it was finished


@dataclass(frozen=True)
class Page:
    """Versions, the newest first; `older` is the number before which the next page begins, 0 where there is none."""

    versions: tuple[Version, ...]
    older: int


def number(text: str) -> int | None:
    """The number of a version as an address says it; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < LONGEST else None


def versions(saves: Iterable[Save], *, why: Mapping[int, str] = NEVER) -> list[Version]:
    """Saves, the newest first, as versions. What a reason in `why` stands behind, by number, is one of its own."""
    found: list[Version] = []
    for save in saves:
        # What was noted beside the record since, such as a contact, leaves its version as it is.
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
    named = tuple(replace(one, by=names.get(one.by, SOMEBODY)) for one in shown)
    return Page(named, shown[-1].first if more else 0)
