"""The grants of the demo's programme, entered by its commissioner with the product's own command."""

import uuid
from datetime import date, datetime

from desist.commission.grants import commands, queries
from desist.ui import dates
from desist.wall.actors import Actor, Role
from tools.synthetic.staff import STAFF

#: years before the present financial year -> who gave how much; one was entered with a wrong sum
GIVEN = {
    1: (("Home Office perpetrator fund", 214_600),),
    0: (("Home Office perpetrator fund", 226_300), ("Northmere Commissioner", 61_000)),
}
WRONG = ("Northmere Commissioner", 6_100)
APRIL = 4


def write(*, at: datetime) -> None:
    """Enter two financial years of grants for the programme, where it is in the register."""
    person = next(one for one in STAFF if one.role is Role.COMMISSIONER)
    actor = Actor(who=person.ref, role=person.role, area=person.area, correlation=uuid.uuid4())
    services = queries.services(actor=actor)
    if not services:
        return
    today = dates.day_of(at)
    year = today.year - (today.month < APRIL)
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
