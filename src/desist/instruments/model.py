"""The parts of an instrument, as frozen facts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Direction(StrEnum):
    """The meaning of a higher score."""

    WORSE = "worse"
    BETTER = "better"


@dataclass(frozen=True)
class Item:
    """One question: its number on the form, and a word for its topic. Its wording is not here.

    `safety` is the lowest answer after which staff must ask about the person's safety at once; None for most.
    `reversed`: the form prints its figures the other way round, so that a higher figure keeps its meaning.
    """

    number: int
    topic: str
    safety: int | None = None
    reversed: bool = False


@dataclass(frozen=True)
class Point:
    """One answer of the response scale: its figure as the form prints it, and its label."""

    figure: int
    label: str


@dataclass(frozen=True)
class Band:
    """A range of totals by its lower end."""

    start: float
    label: str


@dataclass(frozen=True)
class Cutoff:
    """The total from which a person counts as a case, and the source."""

    at: float
    meaning: str
    source: str


@dataclass(frozen=True)
class MissingRule:
    """How many answers may be left out; the total is then the mean of the others times the number of items."""

    allowed: int
    source: str


@dataclass(frozen=True)
class Norms:
    """The norms for a change: a published number of points, or a spread, a reliability and a level.

    `sd` and `reliability` are None where the source prints its points alone; `points` is None where it has to be worked
    out from them.
    """

    population: str
    source: str
    level: float | None = None
    sd: float | None = None
    reliability: float | None = None
    reliability_kind: str = ""
    points: float | None = None


@dataclass(frozen=True)
class Licence:
    """The terms for showing the wording, and the line that must stand beside it."""

    terms: str
    line: str
    source: str


@dataclass(frozen=True)
class Instrument:
    """One dated version of an instrument. `version` counts our data; `edition` is the authors' own."""

    name: str
    title: str
    about: str
    version: int
    dated: date
    edition: str
    period: str
    direction: Direction
    items: tuple[Item, ...]
    scale: tuple[Point, ...]
    missing: MissingRule
    licence: Licence
    sources: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    cutoff: Cutoff | None = None
    norms: Norms | None = None
    #: the sides on which it is filled in; empty: every side. "none": it belongs to a page of its own
    side: str = ""

    def is_offered(self, side: str) -> bool:
        """Whether people on this side can choose it from the list of forms."""
        return self.side in {"", side}

    @property
    def figures(self) -> tuple[int, ...]:
        """The possible figures of an answer."""
        return tuple(point.figure for point in self.scale)

    @property
    def least(self) -> int:
        """The lowest total."""
        return min(self.figures) * len(self.items)

    @property
    def most(self) -> int:
        """The highest total."""
        return max(self.figures) * len(self.items)
