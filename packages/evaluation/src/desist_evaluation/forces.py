"""The 43 police force areas of England and Wales: what is published of each, and an estimate of the people stalked.

`figures/forces.csv` holds a force a row: a blank cell is missing, and `note` says why. The recorded offences, charges and
orders are those of the BBC Shared Data Unit 2021, read with their faults (docs/howto/quote-a-figure.md).
"""

import csv
import functools
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from types import MappingProxyType

from desist_evaluation import registry
from desist_evaluation.checks import InvalidInputError, choice, count
from desist_evaluation.figures import Basis, Figure, Topic, Unit, figure, newest
from desist_evaluation.result import Result

#: the survey's series of all adults in a year; the newest is the estimate, the whole series its limits
SERIES = ("csew-2020", "csew-2022", "csew-2023", "csew-2024", "csew-2025")
#: the share of a force's people aged 16 or over: an assumption with its limits, where no count was read
SHARE, SHARE_LOW, SHARE_HIGH = 0.81, 0.80, 0.82
COLUMNS = (
    *("force", "people", "people_year", "people_source", "people_url"),
    *("recorded_2020", "recorded_2020_apr_dec", "charged_2020", "orders_2021", "note"),
)
CRIME = "BBC Shared Data Unit 2021, Stalking Protection Orders; police recorded crime, Home Office open data"
ASKED = "BBC Shared Data Unit 2021, Stalking Protection Orders, by freedom of information"
BBC = "https://github.com/BBC-Data-Unit/stalking_protection_orders"
OGL = "Open Government Licence v3.0"
RULES = "Recording rules changed in April 2018 and April 2020; a rise may be better recording."


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """One column of the table: what its figures are of."""

    topic: Topic
    claim: str
    unit: Unit
    population: str
    period: str
    start: date
    end: date
    source: str
    licence: str
    note: str


YEAR = (date(2019, 4, 1), date(2020, 3, 31))
#: column -> what its figures are of, in the order of the pathway
PUBLISHED: Mapping[str, Published] = MappingProxyType(
    {
        "recorded_2020": Published(
            topic=Topic.RECORDED,
            claim="Stalking offences recorded by the police",
            unit=Unit.OFFENCES,
            population="offences recorded",
            period="year ending March 2020",
            start=YEAR[0],
            end=YEAR[1],
            source=CRIME,
            licence=OGL,
            note=RULES,
        ),
        "recorded_2020_apr_dec": Published(
            topic=Topic.RECORDED,
            claim="Stalking offences recorded by the police in nine months",
            unit=Unit.OFFENCES,
            population="offences recorded",
            period="April to December 2020",
            start=date(2020, 4, 1),
            end=date(2020, 12, 31),
            source=CRIME,
            licence=OGL,
            note="Nine months: never compare with a year as bare counts. From April 2020 a course of conduct by a former "
            "partner is recorded as stalking by default; not comparable with earlier years.",
        ),
        "charged_2020": Published(
            topic=Topic.RECORDED,
            claim="Stalking offences with a charge or summons",
            unit=Unit.OFFENCES,
            population="offences recorded in that year",
            period="year ending March 2020",
            start=YEAR[0],
            end=YEAR[1],
            source=CRIME,
            licence=OGL,
            note="Charges may come in a later year.",
        ),
        "orders_2021": Published(
            topic=Topic.ORDERS,
            claim="Stalking Protection Orders granted",
            unit=Unit.ORDERS,
            population="orders granted",
            period="January 2020 to spring 2021",
            start=date(2020, 1, 20),
            end=date(2021, 3, 31),
            source=ASKED,
            licence="single figure, cited",
            note="Forces answered on different days in spring 2021; the end of the period is approximate.",
        ),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Force:
    """A force area: how many people of any age live there, and what is published; a figure without a value is missing."""

    name: str
    people: Figure
    published: tuple[Figure, ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """Adults of an area, and those who are stalked in a year, with the lowest and the highest."""

    adults: float
    people: float
    low: float
    high: float
    result: Result


def read(text: str) -> Mapping[str, Force]:
    """Return the forces by name from a CSV text, in its order. Refuses other columns, a force twice and a wrong count."""
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InvalidInputError("forces", f"must have the columns {', '.join(COLUMNS)}")
    found: dict[str, Force] = {}
    for line, row in enumerate(rows, start=2):
        force = _force(f"line {line}", {name: str(row[name] or "").strip() for name in COLUMNS})
        if force.name in found:
            raise InvalidInputError(f"line {line}", f"must not name a force twice: {force.name}")
        found[force.name] = force
    return MappingProxyType(found)


@functools.cache
def load() -> Mapping[str, Force]:
    """Return the 43 forces by name."""
    return read(resources.files("desist_evaluation.figures").joinpath("forces.csv").read_text("utf-8"))


def force(*, name: str) -> Force:
    """Return one force. Raises `InvalidInputError` where there is none of that name."""
    return load()[choice(field="force", value=name, options=load())]


def stalked(*, area: str, people: float) -> Estimate:
    """Return the estimate for an area from the number of all its people, whatever their age."""
    low, middle, high = (people * share for share in (SHARE_LOW, SHARE, SHARE_HIGH))
    return stalked_adults(area=area, adults=middle, low=low, high=high)


def stalked_adults(*, area: str, adults: float, low: float, high: float) -> Estimate:
    """Return the survey's newest share of the adults; its limits are the lowest and highest shares of the series."""
    least, middle, most = (_need(area, people) for people in (low, adults, high))
    return Estimate(
        adults=adults,
        people=middle.estimate or 0,
        low=(least.interval and least.interval.low) or 0,
        high=(most.interval and most.interval.high) or 0,
        result=middle,
    )


def _need(area: str, people: float) -> Result:
    series = [figure(key=key) for key in SERIES]
    adults = {
        "name": "adults",
        "population": people,
        "prevalence": (newest(key=SERIES[0]).value or 0) / 100,
        "low": min(row.low or 0 for row in series) / 100,
        "high": max(row.high or 0 for row in series) / 100,
    }
    return registry.find("area_need")(area=area, strata=[adults])


def _force(place: str, row: Mapping[str, str]) -> Force:
    name = row["force"]
    if not name or not row["people"]:
        raise InvalidInputError(place, "must name a force and its people")
    people = _figure(
        name,
        "population",
        _count(f"{place}.people", row["people"]),
        Published(
            topic=Topic.POPULATION,
            claim="People living in the police force area",
            unit=Unit.PEOPLE,
            population="all ages",
            period=f"mid-{row['people_year']}",
            start=date(int(row["people_year"]), 6, 30),
            end=date(int(row["people_year"]), 6, 30),
            source=row["people_source"],
            licence=OGL,
            note="",
        ),
        url=row["people_url"],
    )
    published = tuple(
        _figure(name, column, _count(f"{place}.{column}", row[column]), said, url=BBC)
        for column, said in PUBLISHED.items()
    )
    return Force(name=name, people=people, published=published, note=row["note"])


def _count(field: str, text: str) -> int | None:
    if not text:
        return None
    return count(field=field, value=int(text) if text.isascii() and text.isdigit() else text)


def _figure(force: str, column: str, value: int | None, said: Published, *, url: str) -> Figure:
    return Figure(
        key=f"{column.replace('_', '-')}-{force.lower().replace(' ', '-')}",
        topic=said.topic,
        claim=said.claim,
        value=value,
        unit=said.unit,
        numerator=None,
        denominator=None,
        low=None,
        high=None,
        interval=None,
        population=said.population,
        period=said.period,
        period_start=said.start,
        period_end=said.end,
        area=force,
        source=said.source,
        source_url=url,
        licence=said.licence,
        basis=Basis.SOURCE,
        superseded_by=None,
        verdict=None,
        note=said.note,
    )
