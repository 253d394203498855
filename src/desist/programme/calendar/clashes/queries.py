"""The obstacles to planned meetings: the planner marks them, and To do asks the practitioner to move them.

This module looks among the people it is given, and decides nothing about who may see them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from desist import working_days
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.calendar.busy import commands as busy
from desist.programme.calendar.busy.models import BusyTime
from desist.programme.calendar.planner import states
from desist.programme.calendar.planner.models import PlaceCheck
from desist.programme.calendar.planner.proposal import obstacles
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.intervals import Interval
from desist.programme.orders import queries as orders
from desist.programme.orders.models import Order
from desist.programme.practitioners.absences import commands as absences
from desist.programme.practitioners.absences.models import Leave
from desist.programme.sessions.models import Session
from desist.programme.sessions.person import Contact, contact
from desist.programme.sessions.states import State as SessionState
from desist.programme.sessions.states import title
from desist.programme.team.commands import visible
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction
from desist.wall.statements import Instances, Question, Slot, Statement, among, day, moment

Meeting: TypeAlias = Session | Assessment
DAY = timedelta(days=1)
#: a meeting that cannot be held and is no further ahead than this is late
SOON = timedelta(days=2)
#: two people who come and go within this time of each other may meet at the door
COMING_AND_GOING = timedelta(minutes=15)
#: the most meetings in leave that one page shows: the next ones
MOST = 200
#: the columns of a meeting, and of its person, that the rules read
READ = (
    *("ref", "period", "episode__ref", "episode__referral", "practitioner__name", "practitioner__left_on"),
    *("second__name", "second__left_on"),
    *("room__closed_on", "room__premises__closed_on", "room__premises__never_book"),
)


@dataclass(frozen=True)
class Clash:
    """What forbids a meeting as planned, in words, and what a colleague has answered for, which forbids nothing."""

    forbids: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToMove:
    """Meetings of one person that cannot be held as planned; `route` and `ref` lead to the page that moves them."""

    words: str
    episode: int
    route: str
    ref: str
    starts_at: datetime  # of the first meeting
    number: int
    late: int  # meetings within two days

    @property
    def clock(self) -> str:
        """The hour of the first meeting."""
        return ("The first is on " if self.number > 1 else "") + dates.at(self.starts_at)


@dataclass(frozen=True)
class MeetingInLeave:
    """A meeting that is planned into leave: with whom, when and where; `route` leads to the page that moves it.

    `prepares` leads to what the practitioner must know of the person, and how to reach them.
    """

    ref: str
    title: str
    name: str
    practitioner: str
    cover: str
    starts_at: datetime
    place: str
    route: str
    prepares: str
    contact: Contact


@dataclass(frozen=True)
class _Around:
    """What surrounds some meetings: by person, and by practitioner."""

    cannot_come: dict[int, list[Interval]]
    away: dict[int, list[Interval]]
    able: dict[int, set[int]]
    excluded: dict[int, list[orders.Excluded]]  # by referral
    checks: dict[int, list[PlaceCheck]]


def of(meetings: Sequence[Meeting], *, at: datetime) -> dict[str, Clash]:
    """Return by reference what forbids meetings; the rows come with their episode, staff, room and premises."""
    if not meetings:
        return {}
    around = _around(meetings, at)
    return {one.ref: _clash(one, around) for one in meetings}


def in_company(sessions: Sequence[Session]) -> frozenset[str]:
    """The sessions in a building where another person of the programme is at that hour; by reference, and nobody's name."""
    placed = [one for one in sessions if one.room is not None]
    if not placed:
        return frozenset()
    premises = {one.room.premises_id for one in placed if one.room}
    first = min(one.period.lower for one in placed) - COMING_AND_GOING
    last = max(one.period.upper for one in placed) + COMING_AND_GOING
    there = {"room__premises__in": premises, "period__overlap": (first, last)}
    others = [
        *Session.objects.filter(state=SessionState.PLANNED, **there).values_list(
            "episode", "room__premises", "period"
        ),
        *Assessment.objects.filter(state=AssessmentState.APPOINTED, **there).values_list(
            "episode", "room__premises", "period"
        ),
    ]
    return frozenset(
        one.ref
        for one in placed
        for episode, place, period in others
        if one.room
        and episode != one.episode_id
        and place == one.room.premises_id
        and period.lower < one.period.upper + COMING_AND_GOING
        and one.period.lower < period.upper + COMING_AND_GOING
    )


def to_move(*, people: Collection[int] | BaseAction, actor: Actor, at: datetime) -> tuple[ToMove, ...]:
    """Return the meetings ahead that cannot be held as planned, the next first, to be moved.

    They are meetings with these `people` by key, or with everyone whom the actor sees by an action.
    """
    if not policy.opens(actor.role, "rescheduling:move"):
        return ()
    sessions, assessments = _ahead(people, actor, at)
    found = of([*sessions, *assessments], at=at)
    by_person: dict[int, list[Session]] = {}
    for session in sessions:
        if found[session.ref].forbids:
            by_person.setdefault(session.episode_id, []).append(session)
    moved = [_of_sessions(rows, found, at) for rows in by_person.values()]
    moved += [_of_assessment(one, found[one.ref], at) for one in assessments if found[one.ref].forbids]
    return tuple(sorted(moved, key=lambda one: one.starts_at))


def falling(*, leave: Sequence[Leave], actor: Actor, at: datetime) -> tuple[MeetingInLeave, ...]:
    """Return the meetings ahead in a practitioner's leave, with people whom the actor may see, the next first."""
    away = {one.practitioner_id for one in leave}
    there = Q(practitioner__in=away) | Q(second__in=away)
    ahead = there & Q(episode__in=visible(actor), period__startswith__gt=at)
    sessions = Session.objects.filter(ahead, state=SessionState.PLANNED)
    assessments = Assessment.objects.filter(ahead, state=AssessmentState.APPOINTED)
    found = [
        _falling(meeting, one)
        for meetings in (sessions, assessments)
        for meeting, one in _within(leave, meetings)
    ]
    return tuple(sorted(found, key=lambda found: found.starts_at))[:MOST]


def _within(leave: Sequence[Leave], meetings: QuerySet[Any]) -> Iterator[tuple[Meeting, Leave]]:
    """Return the meetings that begin on a day of leave of their staff; the others are not read whole."""
    during: dict[int, list[Leave]] = {}
    for key, practitioner, second, period in meetings.values_list("pk", "practitioner", "second", "period"):
        day = dates.day_of(period.lower)
        for one in leave:
            if one.practitioner_id in {practitioner, second} and day in one.days:
                during.setdefault(key, []).append(one)
    whole = meetings.model._default_manager.select_related(
        "episode__referral__own_contact", "practitioner", "room"
    )
    rows = whole.in_bulk(during)
    return ((rows[key], one) for key, theirs in during.items() if key in rows for one in theirs)


def _ahead(
    people: Collection[int] | BaseAction, actor: Actor, at: datetime
) -> tuple[list[Session], list[Assessment]]:
    """Return the meetings ahead with these people near which anything is that the rules could object to."""
    today = dates.day_of(at)
    known = {"now": at, "today": today, "holidays": working_days.holidays_from(today)}
    if isinstance(people, BaseAction):
        found = gate.within(actor, people, NEAR_SEEN, **known)
    else:
        found = NEAR.rows(people=list(people), **known)
    sessions = [pk for of_session, pk in found if of_session]
    assessments = [pk for of_session, pk in found if not of_session]
    return (
        SESSIONS.rows(keys=sessions) if sessions else [],
        ASSESSMENTS.rows(keys=assessments) if assessments else [],
    )


def _near(whose: Q) -> QuerySet[Any]:
    """Return whether it is a session, and the key, of each of these meetings that the rules have to look at."""
    which = whose & Q(period__startswith__gt=moment("now")) & _anything_near()
    sessions = Session.objects.filter(which, state=SessionState.PLANNED, attendance="")
    assessments = Assessment.objects.filter(which, state=AssessmentState.APPOINTED)
    found = sessions.annotate(of_session=Value(value=True)).values_list("of_session", "pk")
    return found.union(
        assessments.annotate(of_session=Value(value=False)).values_list("of_session", "pk"), all=True
    )


def _anything_near() -> Q:
    """Return the meetings near which anything is that the rules could object to: they look at no others."""
    holidays = RawSQL("SELECT unnest(%s::date[])", [Slot("holidays")])
    leave = Leave.objects.filter(removed_at=None, days__endswith__gt=day("today")).values("practitioner")
    busy_people = BusyTime.objects.filter(removed_at=None).values("episode")
    ordered = Order.objects.exclude(exclusions=[]).values("referral")
    theirs = Allocation.objects.filter(
        episode=OuterRef("episode"), practitioner=OuterRef("practitioner"), ended_at=None
    )
    return (
        Q(practitioner__in=leave)
        | Q(second__in=leave)
        | Q(practitioner__left_on__isnull=False)
        | Q(second__left_on__isnull=False)
        | Q(room__closed_on__isnull=False)
        | Q(room__premises__closed_on__isnull=False)
        | Q(room__premises__never_book=True)
        | Q(episode__in=busy_people)
        | Q(episode__referral__in=ordered)
        | Q(period__startswith__date__in=holidays)
        | Q(~Exists(theirs), practitioner__isnull=False)
    )


def _of_keys(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(pk__in=among("keys")).order_by("period", "pk")


SESSIONS = Instances(lambda: _of_keys(Session.objects.all()), *READ, "kind", "number")
ASSESSMENTS = Instances(lambda: _of_keys(Assessment.objects.all()), *READ, "elsewhere")
NEAR = Statement(lambda: _near(Q(episode__in=among("people"))))
NEAR_SEEN = Question(Episode, lambda rows: _near(Q(episode__in=rows)))


def _of_sessions(rows: Sequence[Session], found: dict[str, Clash], at: datetime) -> ToMove:
    """Return one line for a person: it leads to one session, or to the page that moves all of them."""
    first, *others = rows
    why = "; ".join(dict.fromkeys(words for one in rows for words in found[one.ref].forbids))
    what = f"{len(rows)} sessions" if others else title(first.kind, first.number)
    return ToMove(
        words=f"{what[:1].lower()}{what[1:]} cannot be held as planned: {why}",
        episode=first.episode_id,
        route="planner:planner" if others else "rescheduling:move",
        ref=first.episode.ref if others else first.ref,
        starts_at=first.period.lower,
        number=len(rows),
        late=sum(one.period.lower <= at + SOON for one in rows),
    )


def _of_assessment(one: Assessment, clash: Clash, at: datetime) -> ToMove:
    why = "; ".join(clash.forbids)
    return ToMove(
        words=f"the assessment cannot be held as planned: {why}",
        episode=one.episode_id,
        route="assessments:move",
        ref=one.ref,
        starts_at=one.period.lower,
        number=1,
        late=int(one.period.lower <= at + SOON),
    )


def _around(meetings: Sequence[Meeting], at: datetime) -> _Around:
    """Return everything that the rules ask about, in as many statements for one meeting as for hundreds."""
    first = min(dates.day_of(one.period.lower) for one in meetings)
    last = max(dates.day_of(one.period.upper) for one in meetings) + DAY
    people = {one.episode_id for one in meetings}
    staff = {who.pk: who for one in meetings for who in (one.practitioner, one.second) if who}
    checks: dict[int, list[PlaceCheck]] = {}
    excluded = orders.excluded(
        referrals={one.episode.referral_id for one in meetings if _somewhere(one)}, since=first
    )
    asked = PlaceCheck.objects.filter(episode__in=people).order_by("-said_at", "-pk") if excluded else ()
    for check in asked:
        checks.setdefault(check.episode_id, []).append(check)
    return _Around(
        cannot_come=busy.taken_of(episodes=people, first=first, last=last),
        away=absences.taken_of(practitioners=staff.values(), first=first, last=last),
        able=_able(people, at),
        excluded=excluded,
        checks=checks,
    )


def _able(people: Collection[int], at: datetime) -> dict[int, set[int]]:
    """Return by person the practitioners who work with them, or stand in now or later."""
    able: dict[int, set[int]] = {}
    for person, who in ABLE.rows(people=list(people), today=dates.day_of(at)):
        able.setdefault(person, set()).add(who)
    return able


def _works_with() -> QuerySet[Any]:
    own = Allocation.objects.filter(episode__in=among("people"), ended_at=None)
    now = {"practitioner__allocations__episode__in": among("people")}
    leave = Leave.objects.filter(
        removed_at=None, days__endswith__gt=day("today"), practitioner__allocations__ended_at=None, **now
    )
    covers = leave.exclude(cover=None).values_list("practitioner__allocations__episode", "cover")
    return own.order_by().values_list("episode", "practitioner").union(covers.order_by())


ABLE = Statement(_works_with)


def _clash(one: Meeting, around: _Around) -> Clash:
    wanted = Interval(one.period.lower, one.period.upper)
    holder = one.practitioner
    away = [time for who in (holder, one.second) if who for time in around.away[who.pk]]
    words = list(obstacles(wanted, [*around.cannot_come.get(one.episode_id, ()), *away]))
    able = around.able.get(one.episode_id, set())
    gone = holder and holder.left_on and holder.left_on <= dates.day_of(one.period.lower)  # `away` says so
    if holder and not gone and holder.pk not in able:
        words.append(f"{holder.name} no longer works with this person")
    place = _of_place(one, around)
    return Clash((*words, *place.forbids), place.answered)


def _somewhere(one: Meeting) -> bool:
    """Return whether the meeting has a place: a room, or a place that is on no list."""
    return one.room_id is not None or bool(isinstance(one, Assessment) and one.elsewhere)


def _of_place(one: Meeting, around: _Around) -> Clash:
    if not _somewhere(one):
        return Clash()
    barred = one.room is not None and (
        one.room.closed_on or one.room.premises.closed_on or one.room.premises.never_book
    )
    words = ("the room can no longer be booked",) if barred else ()
    day = dates.day_of(one.period.lower)
    excluded = _on(day, around.excluded.get(one.episode.referral_id, ()))
    if not excluded:
        return Clash(words)
    said = next(
        (check for check in around.checks.get(one.episode_id, ()) if _answers(check, one, excluded)), None
    )
    if said is None:
        return Clash((*words, "nobody has said whether this place is inside an area that the order excludes"))
    if said.inside:
        reason = states.Inside(said.reason).label.lower()
        return Clash(words, (f"inside an excluded area ({reason})",))
    return Clash(words)


def _on(day: date, found: Sequence[orders.Excluded]) -> frozenset[str]:
    """Return what orders exclude on a day."""
    return frozenset(one.words for one in found if one.last is None or one.last >= day)


def _answers(check: PlaceCheck, one: Meeting, excluded: frozenset[str]) -> bool:
    """Return whether a colleague answered for this place at this time, and for everything that is excluded then."""
    premises = one.room.premises_id if one.room else None
    within = check.period.lower <= one.period.lower and one.period.upper <= check.period.upper
    return check.premises_id == premises and within and excluded <= set(check.exclusions)


def _falling(one: Session | Assessment, leave: Leave) -> MeetingInLeave:
    referral = one.episode.referral
    of_session = isinstance(one, Session)
    place = (one.room.name if one.room else "Remote") if isinstance(one, Session) else one.place
    return MeetingInLeave(
        ref=one.ref,
        title=title(one.kind, one.number) if isinstance(one, Session) else "Assessment",
        name=f"{referral.given_names} {referral.family_name}",
        practitioner=leave.practitioner.name,
        cover=leave.cover.name if leave.cover else "",
        starts_at=one.period.lower,
        place=place,
        route="rescheduling:move" if of_session else "assessments:move",
        prepares="sessions:prepare" if of_session else "assessments:assessment",
        contact=contact(referral),
    )
