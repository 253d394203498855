"""What stands in the calendar: sessions, assessments, supervisions and leave, as far as the actor may see each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from psycopg.types.range import DateRange

from desist.programme.assessments.models import HOLDING as ASSESSMENTS
from desist.programme.assessments.models import Assessment
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.absences.states import Kind
from desist.programme.practitioners.models import Practitioner
from desist.programme.scopes import as_second
from desist.programme.sessions.models import HOLDING as SESSIONS
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
from desist.programme.supervision.models import Supervision
from desist.programme.supervision.states import State
from desist.programme.team.commands import visible
from desist.ui import dates
from desist.wall.actors import Actor, Role

WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)
#: the columns of a session and of an assessment, in the same order
SAID = (
    *("ref", "period", "practitioner__ref", "practitioner__name", "second__ref", "room__ref", "room__name"),
    *("episode__referral__given_names", "episode__referral__family_name", "may_see", "may_open"),
)


@dataclass(frozen=True)
class Entry:
    """One entry: what, with whom and where; `route` and `ref` open its page, "" where the actor may not.

    `staff` are the references of those whom it takes, `room` that of its room.
    """

    starts_at: datetime
    ends_at: datetime
    what: str
    name: str
    place: str
    holder: str
    route: str
    ref: str
    staff: tuple[str, ...]
    room: str = ""
    all_day: bool = False

    def is_within(self, start: datetime, end: datetime) -> bool:
        """Whether it takes some of the time between two moments."""
        return self.starts_at < end and start < self.ends_at


def entries(
    *, actor: Actor, staff: Sequence[Practitioner], monday: date, only: Practitioner | None, own: bool
) -> list[Entry]:
    """Return the entries of a week: of one practitioner (`only`), or of the area; `own` is the view of one calendar."""
    start, end = _midnight(monday), _midnight(monday + WEEK)
    then = Q(period__overlap=(start, end), episode__area=actor.area)
    if own:
        then &= Q(practitioner=only) | Q(second=only) if only else Q(pk=None)
    mine = Q(practitioner=only) | Q(supervisor=actor.who) if only else Q(supervisor=actor.who)
    held = Q(practitioner__in=staff) & mine if own else Q(practitioner__in=staff)
    sessions = _seen(Session.objects.filter(SESSIONS, then), actor).values_list(*SAID, "kind", "number")
    assessments = _seen(Assessment.objects.filter(ASSESSMENTS, then), actor).values_list(*SAID, "elsewhere")
    found = [
        *(_session(one) for one in sessions),
        *(_assessment(one) for one in assessments),
        *_supervisions(held, actor, start),
        *_leave(actor, [only] if only else [] if own else staff, monday),
    ]
    return sorted(found, key=lambda one: (not one.all_day, one.starts_at, one.holder))


def _seen(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Say of each row whether the actor may know with whom it is, and whether they may open it."""
    theirs = Q(episode__in=visible(actor))
    beside = as_second(actor) if actor.role is Role.PRACTITIONER else Q(pk=None)
    said: QuerySet[Any] = rows.annotate(
        may_see=ExpressionWrapper(theirs | beside, output_field=BooleanField()),
        may_open=ExpressionWrapper(theirs, output_field=BooleanField()),
    )
    return said


def _session(row: tuple[Any, ...]) -> Entry:
    *said, kind, number = row
    return _meeting(said, title(kind, number), "Remote", "sessions:session")


def _assessment(row: tuple[Any, ...]) -> Entry:
    *said, elsewhere = row
    return _meeting(
        said, "Assessment", elsewhere if said[-2] and elsewhere else "Remote", "assessments:assessment"
    )


def _meeting(said: Sequence[Any], what: str, place: str, route: str) -> Entry:
    ref, period, holder, holder_name, second, room, room_name, given, family, may_see, may_open = said
    return Entry(
        starts_at=period.lower,
        ends_at=period.upper,
        what=what if may_see else "Busy",
        name=f"{given} {family}" if may_see else "",
        place=room_name or place,
        holder=holder_name or "Nobody yet",
        route=route if may_open else "",
        ref=ref if may_open else "",
        staff=tuple(filter(None, (holder, second))),
        room=room or "",
    )


def _supervisions(theirs: Q, actor: Actor, start: datetime) -> list[Entry]:
    """Return a week's supervisions; colleagues see that a colleague is busy. One without a length takes an hour."""
    rows = Supervision.objects.filter(theirs, starts_at__gte=start, starts_at__lt=start + WEEK)
    rows = rows.exclude(state=State.CANCELLED)
    found = []
    for one in rows.select_related("practitioner"):
        known = actor.role is not Role.PRACTITIONER or one.practitioner.ref == actor.who
        found.append(
            Entry(
                starts_at=one.starts_at,
                ends_at=one.starts_at + (timedelta(minutes=one.minutes) if one.minutes else HOUR),
                what="Supervision" if known else "Busy",
                name="",
                place="",
                holder=one.practitioner.name,
                route="supervision:practitioner" if known else "",
                ref=one.practitioner.ref if known else "",
                staff=(one.practitioner.ref, one.supervisor),
            )
        )
    return found


def _leave(actor: Actor, staff: Sequence[Practitioner], monday: date) -> list[Entry]:
    """Return who is away; the kind of leave is for managers and the person's own eyes."""
    days = DateRange(monday, monday + WEEK)
    rows = Leave.objects.filter(
        practitioner__in=[one.pk for one in staff], removed_at=None, days__overlap=days
    )
    return [
        Entry(
            starts_at=_midnight(max(one.days.lower, monday)),
            ends_at=_midnight(min(one.days.upper, monday + WEEK) if one.days.upper else monday + WEEK),
            what=Kind(one.kind).label
            if actor.role is Role.MANAGER or one.practitioner.ref == actor.who
            else "Away",
            name="",
            place="",
            holder=one.practitioner.name,
            route="absences:leave" if actor.role is Role.MANAGER else "",
            ref="",
            staff=(one.practitioner.ref,),
            all_day=True,
        )
        for one in rows.select_related("practitioner")
    ]


def _midnight(day: date) -> datetime:
    return dates.moment(day, time())
