"""Which rows of panels an actor may reach: the scopes that the rules name."""

from django.db.models import F, Q

from desist.partnership.panels.models import PanelReader
from desist.partnership.panels.states import Side, State
from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered


def own_items(actor: Actor) -> Q:
    """Cases on agendas of the actor's police area that nothing keeps the actor from."""
    return Q(meeting__area=actor.area) & unhindered(actor, "referral__ref")


def of_own_items(actor: Actor) -> Q:
    """Papers and actions about cases that are the actor's own, as `own_items` says it."""
    return Q(item__meeting__area=actor.area) & unhindered(actor, "item__referral__ref")


def of_own_meeting(actor: Actor) -> Q:
    """Copies for meetings of the actor's police area; each paper in one is asked for by itself."""
    return Q(meeting__area=actor.area)


def to_do_or_chase(actor: Actor) -> Q:
    """Actions in the actor's police area: own ones, those of meetings that the actor chairs, and for a force lead all."""
    if actor.role is Role.FORCE_LEAD:
        return of_own_items(actor)
    mine = Q(account=actor.who) | Q(item__meeting__chair=actor.who)
    return mine & of_own_items(actor)


def of_own_seat(actor: Actor) -> Q:
    """Meetings to which the agency that the actor works for is invited."""
    return Q(
        seats__ended_at=None,
        seats__agency__members__account=actor.who,
        seats__agency__members__ended_at=None,
        area=actor.area,
    )


def of_own_side(actor: Actor) -> Q:
    """What is for the agency that the actor works for, of the side that they read, about cases they are not kept from.

    An account that reads both sides of referrals reads the person's side here, unless two people named it for the meeting.
    """
    member = Q(agency__members__account=actor.who, agency__members__ended_at=None, agency__area=actor.area)
    named = PanelReader.objects.filter(account=actor.who, ended_at=None).exclude(agreed_by="")
    both = Q(item__meeting__in=named.values("meeting"))
    one = Q(agency__members__side=F("side")) | Q(agency__members__side="both", side=Side.PERSON)
    return member & (one | both) & Q(item__ended_at=None) & unhindered(actor, "item__referral__ref")


def papers_of_own_side(actor: Actor) -> Q:
    """Papers that were released to the actor's agency, as `of_own_side` says it."""
    return of_own_side(actor) & Q(state__in=[State.RELEASED, State.REPLACED, State.RECALLED])
