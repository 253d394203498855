"""Commands that change the leave of practitioners."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from psycopg.types.range import DateRange

from desist.programme.intervals import Interval
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.absences.policy import Action
from desist.programme.practitioners.models import Practitioner
from desist.refusals import Refused
from desist.ui import dates
from desist.ui.dates import LONDON
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Statement, among, day

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Away:
    """The days of a leave, first to last, both included; `cover` is a practitioner's reference, or ""."""

    first: date
    last: date
    kind: str
    cover: str


def add(*, actor: Actor, ref: str, away: Away, at: datetime) -> str:
    """Record a practitioner's leave, and return its reference; days within leave that is recorded change nothing.

    Leave of the same kind that overlaps is made longer. Raises Refused, also where the colleague who stands in cannot.
    """
    # The practitioner is locked: no colleague notes other leave of theirs between the question and the answer.
    with gate.change(actor, Action.NOTE_LEAVE, Practitioner, ref, at=at) as practitioner:
        before = _recorded(practitioner, away)
        leave = before or Leave(practitioner=practitioner, kind=away.kind)
        days = DateRange(away.first, away.last + DAY)
        if before and before.days.lower <= days.lower and days.upper <= before.days.upper:
            return before.ref
        if before:
            away = replace(
                away,
                first=min(away.first, before.days.lower),
                last=max(away.last, before.days.upper - DAY),
            )
        leave.days = DateRange(away.first, away.last + DAY)
        leave.cover = _cover(practitioner, away) if away.cover else leave.cover
        leave.noted_by, leave.noted_at = actor.who, at
        leave.save()
        return leave.ref


def remove(*, actor: Actor, ref: str, at: datetime) -> str:
    """Cancel a practitioner's leave; twice changes nothing. Return the reference of the practitioner."""
    with gate.change(actor, Action.REMOVE_LEAVE, Leave, ref, at=at) as leave:
        if leave.removed_at is None:
            leave.removed_by, leave.removed_at = actor.who, at
            leave.save(update_fields=["removed_by", "removed_at"])
        return str(leave.practitioner.ref)


def taken(*, practitioner: Practitioner, first: date, last: date) -> list[Interval]:
    """Return the stretches of time in which a practitioner is away, or gone, from one day to another."""
    return taken_of(practitioners=[practitioner], first=first, last=last)[practitioner.pk]


def taken_of(
    *, practitioners: Collection[Practitioner], first: date, last: date
) -> dict[int, list[Interval]]:
    """Return by key when several practitioners are away, or gone, in one query."""
    named = {one.pk: one for one in practitioners}
    found = {key: _gone(one, last) for key, one in named.items()}
    for whose, days in AWAY.rows(people=list(named), first=first, last=last) if named else ():
        words = f"{named[whose].name} is away then"
        found[whose].append(Interval(_midnight(days.lower), _midnight(days.upper), words))
    return found


def _away() -> QuerySet[Any]:
    """Return the leave of these practitioners between the first and the last day: the practitioner and the days."""
    leave = Leave.objects.filter(practitioner__in=among("people"), removed_at=None)
    # a leave's last day is the one before the end of its range
    there = leave.filter(days__startswith__lte=day("last"), days__endswith__gt=day("first"))
    return there.order_by("pk").values_list("practitioner", "days")


AWAY = Statement(_away)


def covers(*, practitioner: Practitioner, at: datetime) -> list[Practitioner]:
    """Return who stands in for a practitioner now or later, each once."""
    today = at.astimezone(LONDON).date()
    return list(dict.fromkeys(one.cover for one in COVERS.rows(of=[practitioner.pk], today=today)))


def _covers() -> QuerySet[Leave]:
    rows = Leave.objects.filter(
        practitioner__in=among("of"), removed_at=None, days__endswith__gt=day("today")
    )
    return rows.exclude(cover=None).order_by("days")


COVERS = Instances(_covers, "cover__*")


def _cover(practitioner: Practitioner, away: Away) -> Practitioner:
    cover = Practitioner.objects.get(ref=away.cover, area=practitioner.area)
    if cover.pk == practitioner.pk:
        raise Refused("Not saved: a practitioner cannot cover for themselves. Choose another practitioner")
    if cover.left_on and cover.left_on <= away.last:
        raise Refused(f"Not saved: {cover.name} has left by then. Choose another practitioner")
    if _is_away(cover, away):
        raise Refused(f"Not saved: {cover.name} is away on some of these days. Choose another practitioner")
    return cover


def _recorded(practitioner: Practitioner, away: Away) -> Leave | None:
    """Return the leave that these days are part of or make longer. Raises Refused where they run into other leave."""
    days = DateRange(away.first, away.last + DAY)
    rows = list(Leave.objects.filter(practitioner=practitioner, removed_at=None, days__overlap=days))
    within = [one for one in rows if one.days.lower <= days.lower and days.upper <= one.days.upper]
    if within or not rows:
        return within[0] if within else None
    if len(rows) == 1 and rows[0].kind == away.kind:
        return rows[0]
    last = dates.weekday(rows[0].days.upper - DAY)
    raise Refused(
        f"Not saved: {practitioner.name} is already recorded as away from "
        f"{dates.weekday(rows[0].days.lower)} to {last}. Remove that leave first, or choose other days"
    )


def _is_away(practitioner: Practitioner, away: Away) -> bool:
    days = DateRange(away.first, away.last + DAY)
    return Leave.objects.filter(practitioner=practitioner, removed_at=None, days__overlap=days).exists()


def _gone(practitioner: Practitioner, last: date) -> list[Interval]:
    """Return the time from which a practitioner is gone, up to a day."""
    left_on = practitioner.left_on
    if left_on is None or left_on > last:
        return []
    return [Interval(_midnight(left_on), _midnight(last), f"{practitioner.name} has left by then")]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
