"""Questions about what passes between this service and the police."""

from dataclasses import dataclass
from datetime import datetime

from desist.advocacy.police import commands
from desist.advocacy.police.models import PairAsked
from desist.advocacy.police.states import TRANSITIONS, State
from desist.advocacy.policy import Action
from desist.advocacy.victims import queries as victims
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import WayIn
from desist.desk.duty import queries as duty
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Page:
    """Whether the police may know of a client, what was asked, and which numbers an alert can carry."""

    victim: victims.Page
    referred: bool  # the police sent them
    may_know: bool
    force: str  # whom this service speaks with about them; "" for nobody yet
    phone: str
    by_hand: bool
    state: str
    state_label: str
    crime_reference: str
    asked_at: datetime | None
    answered_at: datetime | None
    can_ask: bool
    can_end: bool
    duty: tuple[duty.Number, ...]


def police(*, actor: Actor, ref: str, action: Action, at: datetime) -> Page:
    """One client's page about the police, for whoever may do `action`."""
    rows = gate.open(actor, action, Victim, ref, at=at)
    victim = rows.get()
    asked = PairAsked.objects.filter(victim=victim).first()
    force = Partner.objects.filter(name=victim.partner).first() if victim.partner else None
    following = TRANSITIONS[State(asked.state)] if asked else (State.ASKED,)
    referred = victim.way_in == WayIn.POLICE
    return Page(
        victim=victims.page_of(rows, actor=actor, at=at),
        referred=referred,
        may_know=commands.police_may_know(victim, at),
        force=force.title if force else "",
        phone=force.phone if force else "",
        by_hand=force is not None and force.transport == Transport.BY_HAND,
        state=asked.state if asked else "",
        state_label=State(asked.state).label if asked else "",
        crime_reference=asked.crime_reference if asked else victim.crime_reference,
        asked_at=asked.asked_at if asked else None,
        answered_at=asked.answered_at if asked else None,
        can_ask=State.ASKED in following and not referred,
        can_end=asked is not None and State.ENDED in following,
        duty=duty.current(actor=actor, at=at),
    )


def forces(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The police forces of the partner register, as (name, title)."""
    found = Partner.objects.filter(zone="partnership", ended_at=None, area__in=["", actor.area])
    return tuple(found.order_by("title").values_list("name", "title"))
