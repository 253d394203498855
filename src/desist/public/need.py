"""An estimate of how many people in an area are stalked in a year: from the national survey, not a count."""

from dataclasses import dataclass

from desist.public.fields import nearest
from desist.public.problems import Found
from desist.public.rows import read_rows
from desist.public.settings import OURS, Area
from desist_evaluation.figures import Topic, figure, newest, select
from desist_evaluation.need import area_need
from desist_evaluation.result import Result

AREAS = OURS / "content/areas.csv"
COLUMNS = ("area", "people", "year", "source", "source_url")
#: the survey's series of all adults in a year; the newest is the estimate, the whole series its limits
SERIES = ("csew-2020", "csew-2022", "csew-2023", "csew-2024", "csew-2025")
#: the share of a force's people aged 16 or over: an assumption with its limits, where no count was read
SHARE, SHARE_LOW, SHARE_HIGH = 0.81, 0.80, 0.82


@dataclass(frozen=True)
class Need:
    """A synthetic estimate: people stalked in a year, rounded to hundreds, with its limits."""

    area: str
    adults: int
    people: int
    low: int
    high: int
    source: str
    assumed: bool


@dataclass(frozen=True)
class Force:
    """A force area: how many people of any age live there, and who says so."""

    area: str
    people: float
    source: str


def known() -> dict[str, Force]:
    """The 43 force areas of England and Wales by name: those of the published figures, and the others of areas.csv."""
    figures = (row for row in select(topic=Topic.POPULATION) if row.area != "England and Wales")
    published = [Force(row.area, row.value or 0, f"{row.source}, {row.period}") for row in figures]
    others = (row.cells for row in read_rows(AREAS, columns=COLUMNS, found=Found()))
    forces = [
        *published,
        *(Force(row["area"], float(row["people"]), f"{row['source']}, {row['year']}") for row in others),
    ]
    return {force.area: force for force in sorted(forces, key=lambda force: force.area.casefold())}


def estimates(area: Area | None, *, found: Found) -> list[Need]:
    """The site's own area first, then every force with a known population."""
    forces = known()
    own: list[Need] = []
    if area is not None and area.adults is not None:
        own = [
            need(area.name, area.adults, area.adults, area.adults, source=area.adults_source, assumed=False)
        ]
    elif area is not None and area.name not in forces:
        found.error(
            area.path,
            area.line,
            f"`area` is {area.name!r}, whose population is not known here{nearest(area.name, forces)}. Say how many "
            "people aged 16 and over live there in `adults`, and who says so in `adults_source`",
        )
    first = area.name if area else ""
    ordered = sorted(forces.values(), key=lambda force: force.area != first)
    return own + [of_force(force) for force in ordered if not (own and force.area == first)]


def of_force(force: Force) -> Need:
    """The estimate of a force from the count of all its people."""
    low, middle, high = (force.people * share for share in (SHARE_LOW, SHARE, SHARE_HIGH))
    return need(force.area, middle, low, high, source=force.source, assumed=True)


def need(area: str, adults: float, low: float, high: float, *, source: str, assumed: bool) -> Need:
    """The survey's newest share of the adults; its limits are the lowest and highest shares of the series."""
    least, middle, most = (of_people(area, people) for people in (low, adults, high))
    return Need(
        area=area,
        adults=hundreds(adults),
        people=hundreds(middle.estimate or 0),
        low=hundreds((least.interval and least.interval.low) or 0),
        high=hundreds((most.interval and most.interval.high) or 0),
        source=source,
        assumed=assumed,
    )


def of_people(area: str, people: float) -> Result:
    """The evaluation's synthetic estimate for that many adults, with the range of the survey's series."""
    series = [figure(key=key) for key in SERIES]
    adults = {
        "name": "adults",
        "population": people,
        "prevalence": (newest(key=SERIES[0]).value or 0) / 100,
        "low": min(row.low or 0 for row in series) / 100,
        "high": max(row.high or 0 for row in series) / 100,
    }
    return area_need(area=area, strata=[adults])


def hundreds(people: float) -> int:
    """Round to hundreds: an estimate is no more exact."""
    return round(people / 100) * 100
