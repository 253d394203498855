"""Counts that leave one after another, withheld so that all releases together tell no small one.

Counts and their sums are one system of equations: families that add up (the sexes to everybody, four quarters to a year),
and the numbers that were released. A count below the threshold is protected where whole numbers, none negative, solve
the whole system and make it larger by the threshold. Integer programmes (HiGHS) look for that solution. A number is
released only if every small count stays protected; one that was released stays known for ever.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.disclosure import THRESHOLD
from desist_evaluation.result import Result, result

#: no count is larger
MOST = 1_000_000
MOST_COUNTS = 20_000


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

    @property
    def small(self) -> list[int]:
        """The places of the counts to protect: nought identifies no person."""
        found: list[int] = np.flatnonzero((self.values > 0) & (self.values < self.threshold)).tolist()
        return found

    def exposes(self, known: Collection[int], among: Iterable[int]) -> bool:
        """Return whether one of these small counts could not be larger by the threshold to a reader who knows `known`."""
        waiting = list(among)
        if any(place in known for place in waiting):
            return True
        while waiting:
            solution = self._solution(waiting, known)
            if solution is None:
                return True
            waiting = [one for one in waiting if solution[one] < self.values[one] + self.threshold]
        return False

    def _solution(self, waiting: Sequence[int], known: Collection[int]) -> NDArray[np.int64] | None:
        """Return whole numbers that solve the system and protect the first of those that wait; None where none do."""
        from scipy import optimize  # imported only where a release is worked out

        low, high = np.zeros(len(self.names)), np.full(len(self.names), float(MOST))
        fixed = sorted(known)
        low[fixed] = high[fixed] = self.values[fixed]
        first = waiting[0]
        low[first] = self.values[first] + self.threshold
        if low[first] > high[first]:
            return None
        aim = np.zeros(len(self.names))
        aim[list(waiting)] = -1.0
        # An answer far from the best one is one all the same: it only has to exist.
        found = optimize.milp(
            aim,
            integrality=np.ones(len(self.names)),
            bounds=optimize.Bounds(low, high),
            constraints=optimize.LinearConstraint(self.matrix, 0, 0),
            options={"mip_rel_gap": 0.5},
        )
        return None if found.x is None else np.rint(found.x).astype(np.int64)


def release_together(
    *,
    counts: Mapping[str, int],
    families: Sequence[Mapping[str, object]],
    order: Sequence[str],
    before: Sequence[str] = (),
    readers: Sequence[Sequence[str]] = (),
    threshold: int = THRESHOLD,
    about: About | None = None,
) -> Result:
    """Return which of the counts in `order` may be released, the most wanted first, beside those released `before`.

    `families` are objects with `whole` and `parts`, names of `counts`; each whole is the sum of its parts. `readers` are
    lists of names that one reader knows anyway. Counts from 1 to below `threshold` are never released. The same input
    gives the same release, and more releases never make an earlier one unsafe. The result and its hash use no withheld count.
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
    for system in _systems(values, read, least):
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
    # What a reader can work out from their own numbers alone, no release can keep from them.
    to_keep = [(own, [place for place in small if not system.exposes(own, [place])]) for own in readers]

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


def _systems(values: Mapping[str, int], families: Sequence[Family], threshold: int) -> list[System]:
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
    return [_system(names, rows.get(top, []), values, threshold) for top, names in groups.items()]


def _system(
    names: Sequence[str], families: Sequence[Family], values: Mapping[str, int], threshold: int
) -> System:
    places = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((len(families), len(names)), dtype=np.int8)
    for row, family in enumerate(families):
        matrix[row, places[family.whole]] = 1
        for part in family.parts:
            matrix[row, places[part]] -= 1
    return System(tuple(names), np.array([values[name] for name in names], dtype=np.int64), matrix, threshold)


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
