"""What a quarterly return counts, a dated file a version; every return names the version by which it was counted."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources
from typing import Any

from desist.returns.states import Moved
from desist.sites import Zone

NONE_BY_TEN = "No figure of the quarter before has moved by 10 or more since"


class UnknownEdition(Exception):
    """This site has no definitions of this version."""


@dataclass(frozen=True)
class Table:
    """A count shared out over its parts: name of the whole, title, and name -> words of each part.

    A table that `stays` is counted for those who sign; it never leaves, and the release keeps it from readers.
    """

    whole: str
    title: str
    parts: Mapping[str, str]
    stays: bool = False


@dataclass(frozen=True)
class Definition:
    """One return in words, and its tables."""

    id: str
    title: str
    whole: str
    name: str
    counted: str
    of: str
    missing: str
    leaves_out: str
    source: str
    tables: tuple[Table, ...]

    @property
    def leaving(self) -> tuple[Table, ...]:
        """The tables of which something may leave."""
        return tuple(table for table in self.tables if not table.stays)


@dataclass(frozen=True)
class Edition:
    """The definitions of one version, of the zone that counts by them.

    `picture` is the title of the picture, which `flow` names in its order, and `beside` those of four quarters. `public` are
    counts that this side gives out by another way too, wherever they are no small number. `readers` are names that one
    reader knows anyway. With `nought`, nought is a small number too: it would tell that nobody is there.
    """

    version: str
    side: Zone
    dated: date
    picture: str
    flow: tuple[str, ...]
    beside: tuple[str, ...]
    public: frozenset[str]
    readers: tuple[tuple[str, ...], ...]
    nought: bool
    returns: tuple[Definition, ...]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in its order."""
        return tuple(table for one in self.returns for table in one.tables)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every count once, wholes before their parts."""
        found = [name for table in self.tables for name in (table.whole, *table.parts)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def leaving(self) -> tuple[str, ...]:
        """Every count that may leave, once: those of the tables that do not stay."""
        tables = (table for one in self.returns for table in one.leaving)
        found = [name for table in tables for name in (table.whole, *table.parts)]
        return tuple(dict.fromkeys(found))

    @property
    def shown(self) -> tuple[Definition, ...]:
        """The returns of which something may leave."""
        return tuple(one for one in self.returns if one.leaving)

    @property
    def small(self) -> str:
        """The numbers that are always withheld, in words."""
        return "from 0 to 9" if self.nought else "from 1 to 9"

    def moved(self, code: str) -> str:
        """Return in words what became of the quarter before; where nought is small, nothing and a few are told alike."""
        if self.nought and code in (Moved.SAME, Moved.A_FEW):
            return NONE_BY_TEN
        return str(Moved(code).label)

    def words(self, name: str) -> str:
        """What a count is called."""
        wholes = {one.whole: one.name for one in self.returns}
        parts = {part: words for table in self.tables for part, words in table.parts.items()}
        return wholes.get(name) or parts[name]


def newest(side: Zone) -> Edition:
    """The definitions that a zone counts by now."""
    return max((one for one in _editions() if one.side is side), key=lambda one: one.dated)


def versions(side: Zone) -> tuple[str, ...]:
    """The versions of a zone's definitions, the newest first."""
    found = sorted((one for one in _editions() if one.side is side), key=lambda one: one.dated, reverse=True)
    return tuple(one.version for one in found)


def edition(version: str) -> Edition:
    """The definitions of a version; raises UnknownEdition."""
    found = _by_version().get(version)
    if found is None:
        raise UnknownEdition(f"There are no definitions of returns of version {version!r:.40} here.")
    return found


def is_newest(version: str) -> bool:
    """Whether a return of this version is counted by what is counted now."""
    return version == newest(edition(version).side).version


@cache
def _by_version() -> Mapping[str, Edition]:
    return {one.version: one for one in _editions()}


@cache
def _editions() -> tuple[Edition, ...]:
    files = (one for one in resources.files("desist.returns").iterdir() if one.name.endswith(".toml"))
    return tuple(_read(tomllib.loads(one.read_text("utf-8"))) for one in files)


def _read(data: Mapping[str, Any]) -> Edition:
    returns = []
    for row in data["return"]:
        words = {name: value for name, value in row.items() if name != "table"}
        returns.append(Definition(**words, tables=tuple(Table(**table) for table in row["table"])))
    return Edition(
        version=data["version"],
        side=Zone(data["side"]),
        dated=data["dated"],
        picture=data["picture"],
        flow=tuple(data["flow"]),
        beside=tuple(data["beside"]),
        public=frozenset(data.get("public", ())),
        readers=tuple(map(tuple, data.get("readers", ()))),
        nought=data.get("nought", False),
        returns=tuple(returns),
    )
