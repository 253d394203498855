"""The grants of the demo's programme and published tables of its areas, entered by its commissioner with the product's own commands."""

import uuid
from datetime import date, datetime

from desist.commission.force_tables import commands as tables
from desist.commission.grants import commands, queries
from desist.ui import dates
from desist.wall.actors import Actor, Role
from tools.synthetic.staff import AREAS, STAFF

#: years before the present financial year -> who gave how much; one was entered with a wrong sum
GIVEN = {
    1: (("Home Office perpetrator fund", 214_600),),
    0: (("Home Office perpetrator fund", 226_300), ("Northmere Commissioner", 61_000)),
}
WRONG = ("Northmere Commissioner", 6_100)
APRIL = 4
#: what is counted -> the numbers of the two areas in two years
TABLES = {
    "adults": ("412,300", "415,100", "288,600", "290,200"),
    "recorded": ("1,214", "1,387", "702", "n/a"),
    "charged": ("88", "97", "41", "[c]"),
    "orders": ("9", "14", "3", "5"),
}
SOURCE = "Invented figures of the demo, published by nobody"


def write(*, at: datetime) -> None:
    """Enter two financial years of grants for the programme, where it is in the register."""
    person = next(one for one in STAFF if one.role is Role.COMMISSIONER)
    actor = Actor(who=person.ref, role=person.role, area=person.area, correlation=uuid.uuid4())
    today = dates.day_of(at)
    year = today.year - (today.month < APRIL)
    _paste(actor, year, at)
    services = queries.services(actor=actor)
    if not services:
        return
    for back, given in GIVEN.items():
        for giver, pounds in given:
            _enter(actor, services[0][0], (giver, pounds), year - back, at)
    wrong = _enter(actor, services[0][0], WRONG, year, at)
    commands.remove(actor=actor, ref=wrong, at=at)


def _enter(actor: Actor, service: str, given: tuple[str, int], year: int, at: datetime) -> str:
    giver, pounds = given
    return commands.enter(
        actor=actor,
        service=service,
        giver=giver,
        pounds=pounds,
        first_day=date(year, APRIL, 1),
        last_day=date(year + 1, APRIL - 1, 31),
        submission=f"grant-{giver}-{pounds}-{year}",
        at=at,
    )


def _paste(actor: Actor, year: int, at: datetime) -> None:
    """Paste a table of each kind, over the two financial years before the present one."""
    first, second = AREAS
    years = [f"{one}-{(one + 1) % 100:02}" for one in (year - 2, year - 1)]
    for counts, (a, b, c, d) in TABLES.items():
        rows = [["Police area", *years], [first, a, b], [second, c, d]]
        tables.enter(
            actor=actor,
            counts=counts,
            source=SOURCE,
            table="\n".join("\t".join(row) for row in rows),
            submission=f"table-{counts}",
            at=at,
        )
