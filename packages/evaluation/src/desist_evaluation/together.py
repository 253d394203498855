"""Counts that leave one after another, withheld so that all releases together tell no small one.

Counts and their sums are one system of equations: families that add up (the sexes to everybody, four quarters to a year),
and the numbers that were released. A count below the threshold is protected where whole numbers, none negative, solve
the whole system and make it larger by the threshold. Linear and integer programmes (HiGHS) look for that solution. A number is
released only if every small count stays protected; one that was released stays known for ever.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.disclosure import THRESHOLD
from desist_evaluation.result import Result, result

#: no count is larger
MOST = 1_000_000
MOST_COUNTS = 50_000
#: what changing a number that may be released costs, beside one that never is
OFTEN = 5.0
#: how far from a whole number a solver's answer may lie and still be read as one
WHOLE = 1e-6


@dataclass(frozen=True)
class Family:
    """A count, and the counts that add up to it."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class System:
    """Counts that hang together by families: names, true values, and a row of the matrix a family."""

    names: tuple[str, ...]
    values: NDArray[np.int64]
    matrix: NDArray[np.int8]
    threshold: int
    nought: bool
    #: place -> the rows it stands in, and row -> its places
    rows_of: tuple[tuple[int, ...], ...]
    places_of: tuple[tuple[int, ...], ...]
    #: small count -> sets of places whose numbers can change so that it is larger by the threshold
    ways: dict[int, list[frozenset[int]]] = field(default_factory=dict, compare=False)

    @property
    def small(self) -> list[int]:
        """The places of the counts to protect: nought identifies no person, unless it is to be kept too."""
        least = 0 if self.nought else 1
        found: list[int] = np.flatnonzero((self.values >= least) & (self.values < self.threshold)).tolist()
        return found

    def exposes(self, known: Collection[int], among: Iterable[int]) -> bool:
        """Return whether one of these small counts could not be larger by the threshold to a reader who knows `known`."""
        return any(not self._protected(place, frozenset(known)) for place in among)

    def _protected(self, place: int, known: frozenset[int]) -> bool:
        """Return whether a small count can be larger. A way that was found before holds while no number on it is known."""
        if place in known:
            return False
        ways = self.ways.setdefault(place, [])
        if any(not way & known for way in ways):
            return True
        changes = self._changes(place, known)
        for one, change in changes.items():
            if change >= self.threshold:
                self.ways.setdefault(one, []).append(frozenset(changes))
        return bool(changes)

    def _around(self, place: int, known: frozenset[int]) -> list[int]:
        """Return the unknown places that equations join to a place: what is known parts the system."""
        found, waiting = {place}, [place]
        while waiting:
            for row in self.rows_of[waiting.pop()]:
                new = [one for one in self.places_of[row] if one not in known and one not in found]
                found.update(new)
                waiting += new
        return sorted(found)

    def beside(self, own: Collection[int]) -> set[int]:
        """Return the places that are parts of a whole together with one of these."""
        rows = self.matrix[(self.matrix[:, sorted(own)] == -1).any(axis=1)]
        return set(np.flatnonzero((rows == -1).any(axis=0)).tolist()) - set(own)

    def _changes(self, place: int, known: frozenset[int]) -> dict[int, int]:
        """Return place -> change, of whole numbers that make a count larger by the threshold; empty where none can."""
        part = self._around(place, known)
        rows = sorted({row for one in part for row in self.rows_of[one]})
        inside = self.matrix[np.ix_(rows, part)].astype(float)
        found = _least(inside, self.values[part].astype(float), part.index(place), self.threshold)
        return {one: change for one, change in zip(part, found, strict=False) if change}


def _least(
    inside: NDArray[np.float64], true: NDArray[np.float64], place: int, threshold: int
) -> Sequence[int]:
    """Return changes as small as can be, where possible of numbers that are never released; empty where there are none.

    A linear programme finds whole numbers nearly always; an integer programme looks where it finds fractions.
    """
    size = len(true)
    taken = np.where(np.arange(size) == place, 0.0, true)
    least = np.where(np.arange(size) == place, float(threshold), 0.0)
    price = np.where((true > 0) & (true < threshold), 1.0, OFTEN)
    for whole in (0, 1):
        # Each number is the true one, and what is added to it, less what is taken away.
        found = optimize.milp(
            np.concatenate([price, price]),
            integrality=np.full(2 * size, whole),
            bounds=optimize.Bounds(
                np.concatenate([least, np.zeros(size)]), np.concatenate([np.full(size, float(MOST)), taken])
            ),
            constraints=optimize.LinearConstraint(np.hstack([inside, -inside]), 0, 0) if len(inside) else (),
            options={"mip_rel_gap": 0.5},
        )
        if found.x is None:
            break
        change = found.x[:size] - found.x[size:]
        if np.abs(change - np.rint(change)).max() < WHOLE:
            return [int(one) for one in np.rint(change)]
    return ()


def release_together(
    *,
    counts: Mapping[str, int],
    families: Sequence[Mapping[str, object]],
    order: Sequence[str],
    before: Sequence[str] = (),
    readers: Sequence[Sequence[str]] = (),
    threshold: int = THRESHOLD,
    nought: bool = False,
    about: About | None = None,
) -> Result:
    """Return which of the counts in `order` may be released, the most wanted first, beside those released `before`.

    `families` are objects with `whole` and `parts`, names of `counts`; each whole is the sum of its parts. `readers` are
    lists of names that one reader knows anyway: the parts beside theirs are kept from them. Counts from 1 to below `threshold` are never
    released, nor noughts with `nought`: then nobody learns that a group is empty, nor that everybody is in another one. The same
    input gives the same release, and more releases never make an earlier one unsafe. The result and its hash use no withheld count.
    """
    least = checks.count(field="threshold", value=threshold, least=1)
    values = _read_counts(counts)
    read = [
        _read_family(f"families[{place}]", one, values)
        for place, one in enumerate(checks.sequence(field="families", value=families, least=0))
    ]
    wanted = _read_names("order", order, values)
    known = set(_read_names("before", before, values))
    own = [set(_read_names(f"readers[{place}]", one, values)) for place, one in enumerate(readers)]
    released: dict[str, int] = {}
    for system in _systems(values, read, least, nought=nought):
        places = {name: place for place, name in enumerate(system.names)}
        there = {places[name] for name in known if name in places}
        asked = [places[name] for name in wanted if name in places and name not in known]
        others = [found for one in own if (found := {places[name] for name in one if name in places})]
        for place in _released(system, asked, there, others):
            released[system.names[place]] = int(system.values[place])
    shown = {name: released[name] for name in wanted if name in released}
    return result(
        "release_together",
        inputs={"released": shown, "before": sorted(known), "threshold": least},
        finding=f"{len(shown):,} of {len(wanted):,} counts may be released at a threshold of {least}",
        warnings=["Percentages, medians and charts of withheld counts are withheld too."],
        values={"released": shown, "withheld": len([n for n in wanted if n not in shown and n not in known])},
        about=about,
    )


def _released(
    system: System, asked: Sequence[int], known: set[int], readers: Sequence[Collection[int]]
) -> list[int]:
    """Return the places that may be released, as if each were tried in its order beside all before it."""
    found, small = set(known), system.small
    # What readers can work out from their own numbers alone, no release can keep from them.
    to_keep = [
        (own, [one for one in small if one in system.beside(own) and not system.exposes(own, [one])])
        for own in readers
    ]

    def safe(more: Iterable[int]) -> bool:
        both = {*found, *more}
        return not system.exposes(both, small) and not any(
            system.exposes({*both, *own}, among) for own, among in to_keep
        )

    def take(part: Sequence[int]) -> None:
        # What is safe together is safe in part, so halves find what one after another would.
        if not part:
            return
        if safe(part):
            found.update(part)
        elif len(part) > 1:
            take(part[: len(part) // 2])
            take(part[len(part) // 2 :])

    if safe(()):
        take([place for place in asked if place not in set(small)])
    return [place for place in asked if place in found]


def _systems(
    values: Mapping[str, int], families: Sequence[Family], threshold: int, *, nought: bool
) -> list[System]:
    """Return the counts in groups that no family joins, each in the order of their names."""
    root = {name: name for name in values}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for family in families:
        for part in family.parts:
            root[find(part)] = find(family.whole)
    groups: dict[str, list[str]] = {}
    for name in sorted(values):
        groups.setdefault(find(name), []).append(name)
    rows: dict[str, list[Family]] = {}
    for family in families:
        rows.setdefault(find(family.whole), []).append(family)
    return [
        _system(names, rows.get(top, []), values, threshold, nought=nought) for top, names in groups.items()
    ]


def _system(
    names: Sequence[str],
    families: Sequence[Family],
    values: Mapping[str, int],
    threshold: int,
    *,
    nought: bool,
) -> System:
    places = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((len(families), len(names)), dtype=np.int8)
    for row, family in enumerate(families):
        matrix[row, places[family.whole]] = 1
        for part in family.parts:
            matrix[row, places[part]] -= 1
    return System(
        names=tuple(names),
        values=np.array([values[name] for name in names], dtype=np.int64),
        matrix=matrix,
        threshold=threshold,
        nought=nought,
        rows_of=tuple(tuple(np.flatnonzero(column).tolist()) for column in matrix.T),
        places_of=tuple(tuple(np.flatnonzero(row).tolist()) for row in matrix),
    )


def _read_counts(value: object) -> dict[str, int]:
    if not isinstance(value, Mapping) or not value:
        raise InvalidInputError("counts", "must be an object with a whole number a name")
    if len(value) > MOST_COUNTS:
        raise InvalidInputError("counts", f"must be at most {MOST_COUNTS:,}")
    found = {str(name): checks.count(field=f"counts[{name}]", value=one) for name, one in value.items()}
    if large := next((name for name, one in found.items() if one > MOST // 2), None):
        raise InvalidInputError(f"counts[{large}]", f"must be at most {MOST // 2:,}")
    return found


def _read_family(field: str, value: object, counts: Mapping[str, int]) -> Family:
    if not isinstance(value, Mapping) or set(value) != {"whole", "parts"}:
        raise InvalidInputError(field, "must be an object with whole and parts")
    (whole,) = _read_names(f"{field}.whole", [value["whole"]], counts)
    parts = _read_names(f"{field}.parts", value["parts"], counts)
    if whole in parts or sum(counts[part] for part in parts) != counts[whole]:
        raise InvalidInputError(field, "must add up: the whole is the sum of its parts")
    return Family(whole, parts)


def _read_names(field: str, value: object, counts: Mapping[str, int]) -> tuple[str, ...]:
    names = checks.sequence(field=field, value=value, least=0)
    if unknown := next((name for name in names if name not in counts), None):
        raise InvalidInputError(field, f"must name counts, and {unknown!r:.60} is none")
    if len(set(names)) != len(names):
        raise InvalidInputError(field, "must name each count once")
    return tuple(str(name) for name in names)
