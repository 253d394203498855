"""The steps of a need sheet that are published of an area: an estimate, offences, charges, orders. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from desist.referral import police_areas
from desist_evaluation import forces
from desist_evaluation.figures import Figure, figure
from desist_evaluation.forces import Force

#: the figure with which the estimate is made
SURVEY = forces.SERIES[-1]
NOT_PUBLISHED = "No published figure is stored"
ESTIMATE = "People stalked in a year: an estimate"
#: column -> what its bar is called, where a phone has little room
SHORT = {
    "recorded_2020": "Recorded",
    "recorded_2020_apr_dec": "Recorded in nine months",
    "charged_2020": "Charged",
    "orders_2021": "Orders granted",
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
    return (Step(ESTIMATE, "Stalked", None, NOT_PUBLISHED, "", said), *kinds)


def beside_estimate(force: Force) -> str:
    """Return how many offences were recorded for 100 people of the estimate, in a sentence; "" where none is published."""
    recorded = force.published[0]
    estimate = forces.stalked(area=force.name, people=force.people.value or 0)
    if recorded.value is None or not estimate.people:
        return ""
    least, middle, most = (
        100 * recorded.value / base for base in (estimate.high, estimate.people, estimate.low)
    )
    return (
        f"Beside 100 people of the estimate stand {middle:.1f} recorded offences ({least:.1f} to {most:.1f}) of the "
        f"{recorded.period}. That compares sizes, and is no rate: one person may have no offence recorded, or several."
    )


def _stalked(force: Force) -> Step:
    survey, people = figure(key=SURVEY), force.people
    estimate = forces.stalked(area=force.name, people=people.value or 0)
    return Step(
        words=ESTIMATE,
        short="Stalked",
        number=_hundreds(estimate.people),
        why="",
        over=survey.period,
        low=_hundreds(estimate.low),
        high=_hundreds(estimate.high),
        said=(
            f"Counted: {survey.written} of {_hundreds(estimate.adults):,} adults. Rounded to hundreds.",
            f"Limits: the lowest and highest share of the survey since {figure(key=forces.SERIES[0]).period}.",
            (
                f"Adults: {forces.SHARE:.0%} of {people.written} people of all ages, {people.period}: an assumption, from "
                f"{forces.SHARE_LOW:.0%} to {forces.SHARE_HIGH:.0%}."
            ),
            *estimate.result.warnings,
            f"Source of the share: {survey.source}. {survey.source_url}",
            f"Source of the people: {people.source}. {people.source_url}",
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
