"""The comparison of baseline, mid and closing, an instrument at a time. A missing occasion stays missing.

Each occasion shows its newest form that has a total, the baseline its first: change is counted from where the person
began. A form that was struck out counts for nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desist.instruments import changing, library, scoring
from desist.instruments.changing import Verdict
from desist.instruments.model import Instrument
from desist.programme.measures.models import Measure
from desist.programme.measures.states import Occasion
from desist.questionnaires.courses import VERDICTS

UNTOLD = "Cannot be judged"
#: change is counted from the first form, whenever it was taken
AFTER = "The baseline, taken after the first session: what changed before is not counted"
ALWAYS = (Occasion.BASELINE, Occasion.MID, Occasion.CLOSING)
LATER = (Occasion.SIX_MONTHS, Occasion.TWELVE_MONTHS)


@dataclass(frozen=True)
class Point:
    """One occasion. Without a form, or with a form that has no total, `lacking` says so and `total` is None."""

    occasion: Occasion
    label: str
    ref: str
    taken_on: date | None
    total: float | None
    band: str
    case: bool | None
    lacking: str
    points: float | None
    verdict: Verdict | None
    said: str  # the verdict in words, or why there is none


@dataclass(frozen=True)
class Comparison:
    """One instrument over the occasions; `norms` says which SD, r and level stand behind the verdicts."""

    instrument: Instrument
    points: tuple[Point, ...]
    norms: str

    @property
    def closing(self) -> Point:
        """Where it stands at the end."""
        return next(one for one in self.points if one.occasion is Occasion.CLOSING)

    @property
    def scored(self) -> tuple[Point, ...]:
        """The points that a picture can draw."""
        return tuple(one for one in self.points if one.total is not None)


@dataclass(frozen=True)
class Count:
    """How many instruments reached which verdict at the closing. Numbers beside each other, never one rate."""

    improved: int
    same: int
    worse: int
    untold: int


def compare(found: Iterable[Measure], *, began: date | None) -> tuple[Comparison, ...]:
    """Return the comparison of every instrument that was ever filled in, in the instruments' order.

    `began` is the day of the first session that was attended: a baseline after it is late.
    """
    rows = [one for one in found if one.struck_at is None]
    taken = {one.instrument for one in rows}
    return tuple(
        _comparison(known, [one for one in rows if one.instrument == known.name], began)
        for known in library.current()
        if known.name in taken
    )


def count(comparisons: Iterable[Comparison]) -> Count:
    """Return the verdicts of the closings, counted."""
    verdicts = [one.closing.verdict for one in comparisons]
    return Count(
        improved=verdicts.count(Verdict.IMPROVED),
        same=verdicts.count(Verdict.SAME),
        worse=verdicts.count(Verdict.WORSE),
        untold=verdicts.count(None),
    )


def _comparison(known: Instrument, rows: Sequence[Measure], began: date | None) -> Comparison:
    baseline = _of(rows, Occasion.BASELINE)
    occasions = (*ALWAYS, *(one for one in LATER if _of(rows, one)))
    return Comparison(
        instrument=known,
        points=tuple(_point(known, one, _of(rows, one), baseline, began) for one in occasions),
        norms=changing.told(known.norms) if known.norms else "Reliable change cannot be judged: no norms.",
    )


def _of(rows: Sequence[Measure], occasion: Occasion) -> Measure | None:
    """Return the form that stands for an occasion: one with a total before one without."""
    here = sorted((one for one in rows if one.occasion == occasion), key=lambda one: (one.taken_on, one.pk))
    scored = [one for one in here if one.total is not None]
    if not scored:
        return here[-1] if here else None
    return scored[0] if occasion is Occasion.BASELINE else scored[-1]


def _point(
    known: Instrument, occasion: Occasion, row: Measure | None, baseline: Measure | None, began: date | None
) -> Point:
    total = _number(row)
    moved = _moved(known, occasion, total, _number(baseline))
    lacking = "" if total is not None else _lacking(known, row)
    first = occasion is Occasion.BASELINE and not lacking
    return Point(
        occasion=occasion,
        label=str(occasion.label),
        ref=row.ref if row else "",
        taken_on=row.taken_on if row else None,
        total=total,
        band=scoring.band(instrument=known, total=total),
        case=scoring.case(instrument=known, total=total),
        lacking=lacking,
        points=moved.points if moved else None,
        verdict=moved.verdict if moved else None,
        said=_baseline(row, began) if first else _said(occasion, moved, lacking, baseline),
    )


def _moved(
    known: Instrument, occasion: Occasion, total: float | None, first: float | None
) -> changing.Change | None:
    if occasion is Occasion.BASELINE or total is None or first is None:
        return None
    return changing.change(instrument=known, baseline=first, score=total)


def _baseline(row: Measure | None, began: date | None) -> str:
    late = row is not None and began is not None and row.taken_on > began
    return AFTER if late else "The baseline"


def _said(occasion: Occasion, moved: changing.Change | None, lacking: str, baseline: Measure | None) -> str:
    if occasion is Occasion.BASELINE:
        return UNTOLD
    if moved:
        return VERDICTS[moved.verdict] if moved.verdict else f"{UNTOLD}: the form has no norms"
    if lacking:
        return UNTOLD
    return f"{UNTOLD}: {'the baseline has no total' if baseline else 'there is no baseline'}"


def _lacking(known: Instrument, row: Measure | None) -> str:
    if row is None:
        return "Not taken"
    gaps = [str(item.number) for item, said in zip(known.items, row.answers, strict=True) if said is None]
    return f"No total: item {', '.join(gaps)} left out"


def _number(row: Measure | None) -> float | None:
    return None if row is None or row.total is None else float(row.total)
