"""The steps of a need sheet that are published of an area: an estimate, offences, charges, orders. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desist.commission.force_tables.queries import Cell
from desist.commission.force_tables.states import Counts
from desist.referral import police_areas
from desist.ui import dates
from desist_evaluation import forces
from desist_evaluation.figures import Figure, figure
from desist_evaluation.forces import Estimate, Force

#: the figure with which the estimate is made
SURVEY = forces.SERIES[-1]
NOT_PUBLISHED = "No published figure is stored"
ESTIMATE, STALKED, RECORDED = "People stalked in a year: an estimate", "Stalked", "Recorded"
CHARGED, ORDERS = "Charged", "Orders granted"
#: column -> what its bar is called, where a phone has little room
SHORT = {
    "recorded_2020": RECORDED,
    "recorded_2020_apr_dec": "Recorded in nine months",
    "charged_2020": CHARGED,
    "orders_2021": ORDERS,
}
#: what a pasted table counts -> the bar that it renews
BARS = {
    Counts.ADULTS: STALKED,
    Counts.RECORDED: RECORDED,
    Counts.CHARGED: CHARGED,
    Counts.ORDERS: ORDERS,
}
#: what of the published figures stands beside the flow and not in it: it counts another length of time
BESIDE = "recorded_2020_apr_dec"


@dataclass(frozen=True)
class Step:
    """One step from need to completion. Without a `number`, `why` says so; `said` is its definition and source, a line each."""

    words: str
    short: str
    number: int | None
    why: str
    over: str
    said: tuple[str, ...]
    in_flow: bool = True
    low: int | None = None
    high: int | None = None


def codes() -> dict[str, str]:
    """Return the code of each of the 43 police areas, as addresses name it, with its name."""
    return dict(police_areas.AREAS)


def force_of(code: str) -> Force | None:
    """Return what is published of a police area; None where the code is none of the 43."""
    if code not in codes():
        return None
    return next(one for one in forces.load().values() if _code(one.name) in {code, f"{code}_police"})


def steps(force: Force) -> tuple[Step, ...]:
    """Return the published steps of a force area, the estimate first."""
    return (
        _stalked(force),
        *(
            _published(name, one, force.note)
            for name, one in zip(forces.PUBLISHED, force.published, strict=True)
        ),
    )


def missing() -> tuple[Step, ...]:
    """Return the published steps of an area that is none of the 43: each is missing."""
    said = ("The area is none of the 43 police areas of England and Wales.",)
    kinds = [
        Step(one.claim, SHORT[name], None, NOT_PUBLISHED, one.period, said, name != BESIDE)
        for name, one in forces.PUBLISHED.items()
    ]
    return (Step(ESTIMATE, STALKED, None, NOT_PUBLISHED, "", said), *kinds)


def with_tables(steps: Sequence[Step], cells: Mapping[Counts, Cell], *, area: str) -> tuple[Step, ...]:
    """Return the steps with those of pasted tables: these stand in the flow, and what they renew beside it."""
    return tuple(
        one
        for step in steps
        for one in (
            *(_pasted(cell, step, area) for kind, cell in cells.items() if BARS[kind] == step.short),
            replace(step, in_flow=False) if step.short in {BARS[kind] for kind in cells} else step,
        )
    )


def beside_estimate(steps: Sequence[Step]) -> str:
    """Return how many recorded offences stand beside 100 people of the estimate, in a sentence; "" where one is missing."""
    estimate, recorded = (_in_flow(steps, short) for short in (STALKED, RECORDED))
    if recorded is None or estimate is None or not estimate.number or not estimate.low or not estimate.high:
        return ""
    least, middle, most = (
        100 * (recorded.number or 0) / base for base in (estimate.high, estimate.number, estimate.low)
    )
    return (
        f"Beside 100 people of the estimate stand {middle:.1f} recorded offences ({least:.1f} to {most:.1f}), over "
        f"{recorded.over}. That compares sizes, and is no rate: one person may have no offence recorded, or several."
    )


def _in_flow(steps: Sequence[Step], short: str) -> Step | None:
    return next((one for one in steps if one.short == short and one.in_flow and one.number is not None), None)


def _pasted(cell: Cell, step: Step, area: str) -> Step:
    """Return the step of a pasted cell: adults are not shown themselves but give the estimate."""
    said = (
        f"Counted: {cell.counts.label}, as the source defines it.",
        f"Source: {cell.source}. Pasted here on {dates.on(cell.entered_at)}; nobody here checked it.",
    )
    if cell.counts is not Counts.ADULTS or cell.number is None:
        return replace(
            step,
            number=cell.number,
            why=cell.note,
            over=cell.over,
            said=said,
            low=None,
            high=None,
            in_flow=True,
        )
    adults = cell.number
    return _estimate(
        forces.stalked_adults(area=area, adults=adults, low=adults, high=adults),
        (f"Adults: {adults:,} aged 16 and over, {cell.over}.",),
        said,
    )


def _stalked(force: Force) -> Step:
    people = force.people
    return _estimate(
        forces.stalked(area=force.name, people=people.value or 0),
        (
            (
                f"Adults: {forces.SHARE:.0%} of {people.written} people of all ages, {people.period}: an assumption, from "
                f"{forces.SHARE_LOW:.0%} to {forces.SHARE_HIGH:.0%}."
            ),
        ),
        (f"Source of the people: {people.source}. {people.source_url}",),
    )


def _estimate(found: Estimate, adults: tuple[str, ...], source: tuple[str, ...]) -> Step:
    survey = figure(key=SURVEY)
    return Step(
        words=ESTIMATE,
        short=STALKED,
        number=_hundreds(found.people),
        why="",
        over=survey.period,
        low=_hundreds(found.low),
        high=_hundreds(found.high),
        said=(
            f"Counted: {survey.written} of {_hundreds(found.adults):,} adults. Rounded to hundreds.",
            f"Limits: the lowest and highest share of the survey since {figure(key=forces.SERIES[0]).period}.",
            *adults,
            *found.result.warnings,
            f"Source of the share: {survey.source}. {survey.source_url}",
            *source,
        ),
    )


def _published(name: str, one: Figure, note: str) -> Step:
    return Step(
        words=one.claim,
        short=SHORT[name],
        number=None if one.value is None else int(one.value),
        why=NOT_PUBLISHED if one.value is None else "",
        over=one.period,
        in_flow=name != BESIDE,
        said=tuple(_said(one, note)),
    )


def _said(one: Figure, note: str) -> Iterator[str]:
    if one.value is None and note:
        yield f"Missing: {note}"
    yield f"Counted: {one.population}, {one.period}."
    if one.note:
        yield one.note
    yield f"Source: {one.source}. {one.source_url}"


def _code(name: str) -> str:
    return name.lower().replace(" ", "_").replace("-", "_")


def _hundreds(people: float) -> int:
    """Round to hundreds: an estimate is no more exact."""
    return round(people / 100) * 100
