"""The changes of an account alert.

alerts.raise_(kind=Kind.REVEALS, about=actor.who, at=at, count=13)
"""

from datetime import datetime

from django.db.models import F, Max, Q, QuerySet

from desist.accounts.alerts.models import AccountAlert
from desist.accounts.alerts.states import EMERGENCIES, Kind, Outcome
from desist.accounts.policy import Action
from desist.refusals import Changed
from desist.ui import dates
from desist.wall import actors, audit, gate
from desist.wall.actors import Actor
from desist.wall.models import EmergencyAccess
from desist.wall.people import are_one_person


def raise_(*, kind: Kind, about: str, at: datetime, count: int | None = None) -> None:
    """Raise or grow the one alert of this kind about this account (its reference) on this day, in the caller's change.

    It goes to the data protection officer and the leaders of the person's areas, never to the person themselves; the
    administrator stands in where the account is the only officer or leader. Their first page lists the alert at once,
    and the worker tells them by an e-mail without content: the caller has nothing else to do.

    `count` is the day's total, so that an equal call changes nothing; without it the alert counts one more.
    A closed alert stays closed: only later events raise another.
    """
    day = dates.local(at).date()
    of_day = AccountAlert.objects.filter(kind=kind, account=about, day=day)
    closed = of_day.exclude(closed_at=None).aggregate(most=Max("count"))["most"] or 0
    if count is not None and count <= closed:
        return
    alert, new = AccountAlert.objects.get_or_create(
        kind=kind,
        account=about,
        day=day,
        closed_at=None,
        defaults={"count": closed + 1 if count is None else count, "raised_at": at, "last_at": at},
    )
    if new:
        entry = audit.Entry(actors.clock(), Action.RAISE_ALERT, audit.row_name(AccountAlert, alert.ref), at)
        audit.record(entry, allowed=True)
        return
    if count is None:
        of_day.filter(pk=alert.pk).update(count=F("count") + 1, last_at=at)
    else:
        of_day.filter(pk=alert.pk, count__lt=count).update(count=count, last_at=at)


def close(*, actor: Actor, ref: str, outcome: Outcome, note: str, at: datetime) -> None:
    """Record what the review of an alert found. No account of the person it is about may close it."""
    with gate.change(actor, Action.CLOSE_ALERT, AccountAlert, ref, at=at) as alert:
        if are_one_person(actor.who, alert.account):
            raise gate.NotFound(ref)
        if alert.closed_at is not None:
            raise Changed("Another person closed this alert first. Read what they found")
        alert.outcome, alert.note = outcome.value, note
        alert.closed_by, alert.closed_at = actor.who, at
        alert.save(update_fields=["outcome", "note", "closed_by", "closed_at"])
        if alert.kind in EMERGENCIES:
            _review(alert, at)


def accesses_of(alert: AccountAlert) -> QuerySet[EmergencyAccess]:
    """The emergency accesses that an alert is about: its page lists them, and closing it reviews them."""
    of_kind = Q(case="") if alert.kind == Kind.NO_CASE else ~Q(case="")
    window = (alert.raised_at, alert.last_at)
    return EmergencyAccess.objects.filter(of_kind, account=alert.account, began_at__range=window)


def _review(alert: AccountAlert, at: datetime) -> None:
    """Mark every access on the alert as reviewed by the person who closes it, and end one that is still open."""
    accesses = accesses_of(alert).filter(reviewed_at=None)
    accesses.filter(ended_at=None).update(ended_at=at)
    accesses.update(reviewed_by=alert.closed_by, reviewed_at=at)


def mark_told(*, actor: Actor, ref: str, at: datetime) -> bool:
    """Record that an e-mail tells of the alert from now on; say whether this was the first time."""
    with gate.change(actor, Action.TELL_ALERT, AccountAlert, ref, at=at) as alert:
        if alert.told_at is not None:
            return False
        alert.told_at = at
        alert.save(update_fields=["told_at"])
        return True
