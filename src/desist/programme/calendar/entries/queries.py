"""What stands in the calendar: sessions, assessments, supervisions and leave, as far as the actor may see each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db.models import BooleanField, ExpressionWrapper, Func, Q, QuerySet

from desist.programme.assessments.models import HOLDING as ASSESSMENTS
from desist.programme.assessments.models import Assessment
from desist.programme.episodes.models import Episode
from desist.programme.episodes.policy import Action as EpisodesAction
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.absences.states import Kind
from desist.programme.scopes import as_second
from desist.programme.sessions.models import HOLDING as SESSIONS
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
from desist.programme.supervision.models import Supervision
from desist.programme.supervision.states import State
from desist.ui import dates
from desist.wall import policy
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question, Slot, Statement, among, anybody, day, moment, of_role

WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)
#: the columns of a session and of an assessment, in the same order
SAID = (
    *("ref", "period", "practitioner__ref", "practitioner__name", "second__ref", "room__ref", "room__name"),
    *("episode__referral__given_names", "episode__referral__family_name", "beside", "may_open"),
)


@dataclass(frozen=True)
class Colleague:
    """A practitioner whose calendar is shown."""

    pk: int
    ref: str
    name: str
    left_on: date | None


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
    *, actor: Actor, staff: Sequence[Colleague], monday: date, only: Colleague | None, own: bool
) -> list[Entry]:
    """Return the entries of a week: of one practitioner (`only`), or of the area; `own` is the view of one calendar."""
    keys, shown = [one.pk for one in staff], [only.pk] if only else []
    asked = {
        "start": _midnight(monday),
        "end": _midnight(monday + WEEK),
        "monday": monday,
        "after": monday + WEEK,
        "area": actor.area,
        "who": actor.who,
        "staff": keys,
        "only": shown if own else keys,
    }
    sessions, assessments, supervisions = OWN if own else OF_THE_AREA
    found = [
        *(_session(one, actor) for one in _met(sessions, actor, asked)),
        *(_assessment(one, actor) for one in _met(assessments, actor, asked)),
        *_supervisions(supervisions.rows(**asked), actor),
        *_leave(LEAVE.rows(**asked), actor, monday),
    ]
    return sorted(found, key=lambda one: (not one.all_day, one.starts_at, one.holder))


def _met(question: Question, actor: Actor, asked: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Return meetings with whether the actor may open each, and whether they attend it as the second."""
    return of_role(question, policy.rule(EpisodesAction.SEE_EPISODES).scope, actor.role).rows(**asked)


def _sessions(theirs: QuerySet[Episode]) -> QuerySet[Any]:
    return _seen(Session.objects.filter(SESSIONS), theirs).values_list(*SAID, "kind", "number")


def _assessments(theirs: QuerySet[Episode]) -> QuerySet[Any]:
    return _seen(Assessment.objects.filter(ASSESSMENTS), theirs).values_list(*SAID, "elsewhere")


def _seen(held: QuerySet[Any], theirs: QuerySet[Episode]) -> QuerySet[Any]:
    """Return the meetings of a week in the area, also with people whom the actor may not see; `theirs` are those they may."""
    week = Func(moment("start"), moment("end"), function="tstzrange", output_field=DateTimeRangeField())
    beside = as_second(anybody(Role.PRACTITIONER))
    said: QuerySet[Any] = held.filter(period__overlap=week, episode__area=Slot("area")).annotate(
        beside=ExpressionWrapper(beside, output_field=BooleanField()),
        may_open=ExpressionWrapper(Q(episode__in=theirs), output_field=BooleanField()),
    )
    return said


def _own(
    narrow: Callable[[QuerySet[Episode]], QuerySet[Any]],
) -> Callable[[QuerySet[Episode]], QuerySet[Any]]:
    """Return the question for one practitioner alone: meetings that they hold, or attend beside the holder."""
    only = Q(practitioner__in=among("only")) | Q(second__in=among("only"))
    return lambda theirs: narrow(theirs).filter(only)


def _supervised() -> QuerySet[Any]:
    """Return a week's supervisions of the staff."""
    rows = Supervision.objects.filter(
        practitioner__in=among("staff"), starts_at__gte=moment("start"), starts_at__lt=moment("end")
    )
    return rows.exclude(state=State.CANCELLED).values_list(
        "starts_at", "minutes", "supervisor", "practitioner__ref", "practitioner__name"
    )


def _own_supervised() -> QuerySet[Any]:
    """Return those of one practitioner, and those that the actor holds."""
    return _supervised().filter(Q(practitioner__in=among("only")) | Q(supervisor=Slot("who")))


def _away() -> QuerySet[Any]:
    week = Func(day("monday"), day("after"), function="daterange", output_field=DateRangeField())
    rows = Leave.objects.filter(practitioner__in=among("only"), removed_at=None, days__overlap=week)
    return rows.values_list("days", "kind", "practitioner__ref", "practitioner__name")


OF_THE_AREA = (Question(Episode, _sessions), Question(Episode, _assessments), Statement(_supervised))
OWN = (
    Question(Episode, _own(_sessions)),
    Question(Episode, _own(_assessments)),
    Statement(_own_supervised),
)
LEAVE = Statement(_away)


def _session(row: tuple[Any, ...], actor: Actor) -> Entry:
    *said, kind, number = row
    return _meeting(said, actor, title(kind, number), "", "sessions:session")


def _assessment(row: tuple[Any, ...], actor: Actor) -> Entry:
    *said, elsewhere = row
    return _meeting(said, actor, "Assessment", elsewhere, "assessments:assessment")


def _meeting(said: Sequence[Any], actor: Actor, what: str, elsewhere: str, route: str) -> Entry:
    """Return a meeting: who attends it as the second, as a practitioner, may know with whom it is."""
    ref, period, holder, holder_name, second, room, room_name, given, family, beside, may_open = said
    may_see = may_open or (beside and actor.role is Role.PRACTITIONER)
    return Entry(
        starts_at=period.lower,
        ends_at=period.upper,
        what=what if may_see else "Busy",
        name=f"{given} {family}" if may_see else "",
        place=room_name or (may_see and elsewhere) or "Remote",
        holder=holder_name or "Nobody yet",
        route=route if may_open else "",
        ref=ref if may_open else "",
        staff=tuple(filter(None, (holder, second))),
        room=room or "",
    )


def _supervisions(found: Iterable[tuple[Any, ...]], actor: Actor) -> Iterator[Entry]:
    """Return supervisions; colleagues see that a colleague is busy. One without a length takes an hour."""
    for starts_at, minutes, supervisor, ref, name in found:
        known = actor.role is not Role.PRACTITIONER or ref == actor.who
        yield Entry(
            starts_at=starts_at,
            ends_at=starts_at + (timedelta(minutes=minutes) if minutes else HOUR),
            what="Supervision" if known else "Busy",
            name="",
            place="",
            holder=name,
            route="supervision:practitioner" if known else "",
            ref=ref if known else "",
            staff=(ref, supervisor),
        )


def _leave(found: Iterable[tuple[Any, ...]], actor: Actor, monday: date) -> Iterator[Entry]:
    """Return who is away; the kind of leave is for managers and the person's own eyes."""
    manages = actor.role is Role.MANAGER
    for days, kind, ref, name in found:
        yield Entry(
            starts_at=_midnight(max(days.lower, monday)),
            ends_at=_midnight(min(days.upper, monday + WEEK) if days.upper else monday + WEEK),
            what=Kind(kind).label if manages or ref == actor.who else "Away",
            name="",
            place="",
            holder=name,
            route="absences:leave" if manages else "",
            ref="",
            staff=(ref,),
            all_day=True,
        )


def _midnight(day: date) -> datetime:
    return dates.moment(day, time())
