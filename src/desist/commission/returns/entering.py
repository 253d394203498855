"""What the page shows on which a return is entered by hand."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.commission.returns import queries
from desist.commission.returns.models import ServiceReturn
from desist.commission.returns.policy import Action
from desist.commission.returns.states import State
from desist.returns import definitions, quarters
from desist.returns.definitions import Edition
from desist.returns.figures import Figures
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class ToEnter:
    """A quarter of a service that may be entered by hand. `number` is that of the entry it corrects, 0 where none stands."""

    sender: str
    service: str
    area: str
    quarter: Quarter
    edition: Edition
    others: tuple[str, ...]
    came: str
    number: int
    before: Figures
    told_by: str


def to_enter(*, actor: Actor, service: str, quarter: str, version: str, at: datetime) -> ToEnter:
    """Return what is entered of a service's quarter, by the newest definitions unless a version is named. Raises gate.NotFound."""
    rows = gate.see(actor, Action.ENTER_RETURN, ServiceReturn, at=at)
    partner = queries.senders(actor).filter(name=service).first()
    first = _first_day(quarter, at)
    if partner is None or first is None:
        raise gate.NotFound(service)
    standing = rows.filter(sender=service, quarter=first, state=State.STANDS).first()
    by_hand = standing is not None and bool(standing.entered_by)
    versions = definitions.versions(Zone(partner.zone))
    chosen = version or (standing.definitions if standing else versions[0])
    if chosen not in versions:
        raise gate.NotFound(service)
    edition = definitions.edition(chosen)
    return ToEnter(
        sender=service,
        service=partner.title,
        area=accounts.area_name(actor.area),
        quarter=Quarter(first),
        edition=edition,
        others=tuple(one for one in versions if one != chosen),
        came="" if standing is None or by_hand else standing.ref,
        number=standing.number if standing and by_hand else 0,
        before=queries.numbers_of(standing) if standing and by_hand else {},
        told_by=standing.told_by if standing and by_hand else "",
    )


def _first_day(text: str, at: datetime) -> date | None:
    """Return the first day of a quarter that the list of returns shows; None of any other text."""
    over = quarters.over(today=dates.day_of(at), number=queries.SHOWN)
    return next((one.first for one in over if one.key == text), None)
