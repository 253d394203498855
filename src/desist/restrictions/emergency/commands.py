"""Reading a case in an emergency without an assignment to it. See docs/adr/emergency-access.md."""

import dataclasses
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Q, QuerySet

from desist.accounts.alerts import commands as alerts
from desist.accounts.alerts.states import Kind
from desist.audit import cases
from desist.refusals import Refused
from desist.restrictions.policy import Action
from desist.sites import Zone
from desist.ui import dates
from desist.wall import emergencies, gate, policy
from desist.wall.actors import Actor
from desist.wall.models import EmergencyAccess

#: zone -> the action whose scope says which cases an actor may look at
SEEN_BY = {Zone.PROGRAMME: "programme.see_referral", Zone.ADVOCACY: "advocacy.see_victim"}


#: absent, of another area and kept from the actor look alike
NOTHING = (
    "No case that you could open has this reference. That you asked, and why, is recorded and has been told to the "
    "data protection officer and your manager. Check the reference, or ring the person on duty"
)
OVERDUE = (
    "Nobody has looked into your last emergency access in time, so you cannot open another case. Ask your manager or "
    "the data protection officer to close the alert, and ring the person on duty meanwhile"
)
ELSEWHERE = (
    "You opened a case in another window at the same moment, and only one can be open at a time. That one is open. "
    "To open this one instead, press the button again"
)


class ReviewOverdue(Refused):
    """An earlier access was not reviewed in time. The audit names this apart from other refusals."""


def open_(*, actor: Actor, typed: str, reason: str, at: datetime) -> str:
    """Open one case for reading for an hour; return its reference. Raises Refused.

    The audit records the access, whether there was a case or not, and its reviewers are told.
    """
    today = dates.local(at).date()
    overdue = _unreviewed(actor).filter(review_by__lt=today).exists()
    case = "" if overdue else _case(actor, typed)
    if case and _clicked(actor, case, reason, at):
        return case
    access = EmergencyAccess(
        account=actor.who,
        area=actor.area,
        case=case,
        reason=reason,
        began_at=at,
        until=at + emergencies.LASTS,
        review_by=emergencies.review_by(today),
        ended_at=None if case else at,
    )
    _end(actor, at)
    try:
        with gate.create(actor, Action.OPEN_IN_EMERGENCY, access, at=at):
            if overdue:
                raise ReviewOverdue(OVERDUE)
            alerts.raise_(kind=Kind.EMERGENCY if case else Kind.NO_CASE, about=actor.who, at=at)
    except IntegrityError:
        raise Refused(ELSEWHERE) from None
    if not case:
        raise Refused(NOTHING)
    return case


def end(*, actor: Actor, at: datetime) -> None:
    """End the actor's access: no case is open any more."""
    _end(actor, at)


def _end(actor: Actor, at: datetime) -> None:
    rows = EmergencyAccess.objects.filter(account=actor.who, ended_at=None)
    for ref in tuple(rows.values_list("ref", flat=True)):
        with gate.change(actor, Action.END_EMERGENCY, EmergencyAccess, ref, at=at) as access:
            access.ended_at = min(at, access.until)
            access.save(update_fields=["ended_at"])


def _clicked(actor: Actor, case: str, reason: str, at: datetime) -> bool:
    """Whether the actor opened this case for this reason a moment ago, by a first click."""
    opened = EmergencyAccess.objects.filter(account=actor.who, case=case, reason=reason, ended_at=None)
    return opened.filter(began_at__gt=at - gate.SECOND_CLICK).exists()


def _unreviewed(actor: Actor) -> QuerySet[EmergencyAccess]:
    return EmergencyAccess.objects.filter(account=actor.who, reviewed_at=None)


def _case(actor: Actor, typed: str) -> str:
    """The reference of the case of a whole reference, where only the assignment keeps the actor from it."""
    found = cases.case_of(ref=typed)
    named = SEEN_BY.get(Zone(settings.DESIST_ZONE))
    action = next((one for one in policy.rules() if one == named), None)
    if found is None or action is None:
        return ""
    model, ref = found
    scope: Q = policy.rule(action).scope(dataclasses.replace(actor, reach=ref))
    return ref if model._default_manager.filter(scope, ref=ref).exists() else ""
