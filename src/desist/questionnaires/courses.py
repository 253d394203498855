"""The results of filled-in questionnaires, an instrument at a time. Pure: the side that keeps them passes them in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desist.instruments import changing, fhir, scoring
from desist.instruments.changing import Change, Verdict
from desist.instruments.model import Direction, Instrument
from desist.questionnaires.codes import Source

#: the words for a change; never a rate, and never a success
VERDICTS = {
    Verdict.IMPROVED: "Improved",
    Verdict.SAME: "No reliable change: no more than the form’s own error",
    Verdict.WORSE: "Worse",
}


@dataclass(frozen=True)
class Kept:
    """One stored form. `baseline`: change is counted from forms of this occasion; `occasion` is in words."""

    ref: str
    instrument: str
    occasion: str
    baseline: bool
    taken_on: date
    source: str
    answers: tuple[int | None, ...]
    total: float | None
    prorated: bool
    struck: bool


@dataclass(frozen=True)
class Row:
    """One form with its result."""

    ref: str
    occasion: str
    baseline: bool
    taken_on: date
    total: float | None
    band: str
    case: bool | None
    left_out: tuple[int, ...]
    prorated: bool
    change: Change | None
    verdict: str
    struck: bool


@dataclass(frozen=True)
class Course:
    """All forms of one instrument, oldest first; `counted` leaves out forms that were struck or have no total."""

    instrument: Instrument
    rows: tuple[Row, ...]
    norms: str
    levels: tuple[
        tuple[float, str], ...
    ] = ()  # the total from which a change since the baseline counts, both ways

    @property
    def steps(self) -> list[str]:
        """The days of the chart, short enough to stand beside each other."""
        return [f"{row.taken_on.day} {row.taken_on:%b} {row.taken_on:%y}" for row in self.counted]

    @property
    def bands(self) -> list[tuple[float, str]]:
        """The bands as a chart names them, from where they begin."""
        return [(band.start, band.label) for band in self.instrument.bands]

    @property
    def counted(self) -> tuple[Row, ...]:
        """The forms in the chart."""
        return tuple(row for row in self.rows if row.total is not None and not row.struck)


@dataclass(frozen=True)
class Answer:
    """One answer, as the page shows it."""

    number: int
    topic: str
    said: str


def course(known: Instrument, found: Iterable[Kept]) -> Course:
    """The forms of one instrument, oldest first, each against the first baseline that has a total."""
    kept = [one for one in found if one.instrument == known.name]
    counted = [one for one in kept if one.total is not None and not one.struck]
    baseline = next((one for one in counted if one.baseline), None)
    return Course(
        instrument=known,
        rows=tuple(row(known, one, baseline) for one in kept),
        norms=changing.told(known.norms) if known.norms else "",
        levels=_levels(known, baseline),
    )


def _levels(known: Instrument, baseline: Kept | None) -> tuple[tuple[float, str], ...]:
    least = changing.least_reliable(known.norms) if known.norms else None
    if least is None or baseline is None or baseline.total is None:
        return ()
    better = -least if known.direction is Direction.WORSE else least
    return ((baseline.total + better, "Counts as improved"), (baseline.total - better, "Counts as worse"))


def row(known: Instrument, one: Kept, baseline: Kept | None) -> Row:
    """One form, and its change since the baseline, if there is one."""
    moved = None
    if baseline and baseline.total is not None and one is not baseline and one.total is not None:
        moved = (
            None
            if one.struck
            else changing.change(instrument=known, baseline=baseline.total, score=one.total)
        )
    return Row(
        ref=one.ref,
        occasion=one.occasion,
        baseline=one.baseline,
        taken_on=one.taken_on,
        total=one.total,
        band=scoring.band(instrument=known, total=one.total),
        case=scoring.case(instrument=known, total=one.total),
        left_out=()
        if one.source == Source.TOTAL
        else tuple(item.number for item, said in zip(known.items, one.answers, strict=True) if said is None),
        prorated=one.prorated,
        change=moved,
        verdict=VERDICTS[moved.verdict] if moved and moved.verdict else "",
        struck=one.struck,
    )


def answers(known: Instrument, one: Kept, wording: fhir.Wording | None) -> tuple[Answer, ...]:
    """Every answer by its topic, or by the words of its question."""
    labels = {point.figure: point.label for point in known.scale}
    found = []
    for place, (item, said) in enumerate(zip(known.items, one.answers, strict=True)):
        topic, words = item.topic, labels
        if wording:
            topic, words = wording.questions[place].text, dict(wording.questions[place].answers)
        if said is not None:
            label = words[said]
            found.append(Answer(item.number, topic, label if label == str(said) else f"{said}: {label}"))
        elif one.source != Source.TOTAL:
            found.append(Answer(item.number, topic, "Left out"))
    return tuple(found)
