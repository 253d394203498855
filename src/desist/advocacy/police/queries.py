"""Questions about what passes between this service and the police."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from desist.advocacy.clients import queries as victims
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.pairs.states import TRANSITIONS, State
from desist.advocacy.police import commands
from desist.advocacy.safety.models import Choice
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import WayIn
from desist.desk.duty import queries as duty
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

MOST = 200  # ended at one turn of the clock


@dataclass(frozen=True)
class Page:
    """Whether the police may know of a client, the request to them, and the numbers that an alert can carry."""

    victim: victims.Page
    referred: bool  # the police referred the client, and the exchange stands
    may_know: bool
    force: str  # the force with which this service speaks about them; "" for none yet
    phone: str
    by_hand: bool
    state: str
    state_label: str
    crime_reference: str
    asked_at: datetime | None
    answered_at: datetime | None
    can_ask: bool
    can_end: bool
    until: date | None  # the last day of the client's choice
    duty: tuple[duty.Number, ...]


def police(*, actor: Actor, ref: str, action: BaseAction, at: datetime) -> Page:
    """One client's page about the police, for an actor who may do `action`."""
    rows = gate.open(actor, action, Victim, ref, at=at)
    victim = rows.get()
    asked = PairAsked.objects.filter(victim=victim).first()
    force = Partner.objects.filter(name=victim.partner).first() if victim.partner else None
    referred = asked is None and victim.way_in == WayIn.POLICE
    first = State.JOINED if referred else State.ENDED
    following = TRANSITIONS[State(asked.state) if asked else first]
    choice = victim.choices.filter(what=What.IS_CLIENT, whom=Whom.POLICE, ended_at=None, allowed=True).first()
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
        can_ask=State.ASKED in following,
        can_end=State.ENDED in following,
        until=choice.until if choice else None,
        duty=duty.current(actor=actor, at=at),
    )


def run_out(*, at: datetime) -> tuple[str, ...]:
    """The clients whose exchange still rests on a choice whose last day is over; for the clock."""
    lapsed = Choice.objects.filter(
        what=What.IS_CLIENT, whom=Whom.POLICE, ended_at=None, allowed=True, until__lt=dates.day_of(at)
    )
    ends = [state for state, following in TRANSITIONS.items() if State.ENDED in following]
    stands = Q(victim__pair__state__in=ends) | Q(
        victim__pair=None, victim__way_in=WayIn.POLICE, victim__thread__isnull=False
    )
    return tuple(lapsed.filter(stands).order_by("until", "pk").values_list("victim__ref", flat=True)[:MOST])


def forces(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The police forces of the partner register, as (name, title)."""
    found = Partner.objects.filter(zone="partnership", ended_at=None, area__in=["", actor.area])
    return tuple(found.order_by("title").values_list("name", "title"))
