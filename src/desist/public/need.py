"""An estimate of how many people in an area are stalked in a year: from the national survey, not a count."""

from dataclasses import dataclass

from desist.public.fields import nearest
from desist.public.problems import Found
from desist.public.settings import Area
from desist_evaluation import forces
from desist_evaluation.forces import SHARE, SHARE_HIGH, SHARE_LOW


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
    """The 43 force areas of England and Wales by name."""
    return {
        one.name: Force(one.name, one.people.value or 0, f"{one.people.source}, {one.people.period}")
        for one in sorted(forces.load().values(), key=lambda force: force.name.casefold())
    }


def estimates(area: Area | None, *, found: Found) -> list[Need]:
    """The site's own area first, then every force with a known population."""
    every = known()
    own: list[Need] = []
    if area is not None and area.adults is not None:
        own = [
            need(area.name, area.adults, area.adults, area.adults, source=area.adults_source, assumed=False)
        ]
    elif area is not None and area.name not in every:
        found.error(
            area.path,
            area.line,
            f"`area` is {area.name!r}, whose population is not known here{nearest(area.name, every)}. Say how many "
            "people aged 16 and over live there in `adults`, and who says so in `adults_source`",
        )
    first = area.name if area else ""
    ordered = sorted(every.values(), key=lambda force: force.area != first)
    return own + [of_force(force) for force in ordered if not (own and force.area == first)]


def of_force(force: Force) -> Need:
    """The estimate of a force from the count of all its people."""
    low, middle, high = (force.people * share for share in (SHARE_LOW, SHARE, SHARE_HIGH))
    return need(force.area, middle, low, high, source=force.source, assumed=True)


def need(area: str, adults: float, low: float, high: float, *, source: str, assumed: bool) -> Need:
    """The survey's newest share of the adults; its limits are the lowest and highest shares of the series."""
    found = forces.stalked_adults(area=area, adults=adults, low=low, high=high)
    return Need(
        area=area,
        adults=hundreds(adults),
        people=hundreds(found.people),
        low=hundreds(found.low),
        high=hundreds(found.high),
        source=source,
        assumed=assumed,
    )


def hundreds(people: float) -> int:
    """Round to hundreds: an estimate is no more exact."""
    return round(people / 100) * 100
