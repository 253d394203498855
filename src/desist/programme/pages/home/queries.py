"""What waits for the signed-in account, and for those whom they lead."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from desist.accounts.alerts import queries as account_alerts
from desist.declarations import queries as declarations
from desist.desk.alerts import queries as alerts
from desist.merges import queries as merges
from desist.moving_in.offers import queries as offers
from desist.programme.calendar.meetings import queries as meetings
from desist.programme.calendar.meetings.queries import Meeting
from desist.programme.concerns import queries as concerns
from desist.programme.concerns.following import Next
from desist.programme.episodes.models import Episode
from desist.programme.moving_on.commands import PERSON
from desist.programme.pages.home import caring, cases, handing, higher, leading, news, pathway, typed_in
from desist.programme.pages.home.policy import Action
from desist.programme.practitioners.models import Practitioner, SupervisionArrangement
from desist.programme.referrals.models import Referral
from desist.programme.scopes import own_referrals
from desist.programme.service.extracts import queries as extracts
from desist.programme.supervision.policy import Action as SupervisionAction
from desist.programme.supervision.training import queries as training
from desist.programme.supervision.training.models import RUNS_OUT, TrainingEntry
from desist.programme.supervision.training.policy import Action as TrainingAction
from desist.programme.supervision.training.states import Kind
from desist.quarterly import queries as returns
from desist.tasks import queries as tasks
from desist.ui import dates, todo
from desist.ui.tables import Cursor, Paging, part
from desist.ui.todo import Group, Line, When
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question, Statement, among, anybody, day, moment

#: how far ahead the page looks for meetings
AHEAD = timedelta(days=7)
#: the practitioners of one page of a team
MEMBERS = 20


@dataclass(frozen=True)
class ToDo:
    """Calls to make now, today's meetings, and what is due by when; `next` is the next meeting."""

    concerns: tuple[concerns.ConcernRow, ...]
    meetings: tuple[Meeting, ...]
    groups: tuple[Group, ...]
    next: Meeting | None
    leads: bool

    @property
    def for_today(self) -> int:
        """How much there is to do today: calls to make now, and lines."""
        return len(self.concerns) + todo.for_today(self.groups)


@dataclass(frozen=True)
class Member:
    """One practitioner's work: today's meetings, and what is due."""

    ref: str
    name: str
    meetings: tuple[Meeting, ...]
    lines: tuple[Line, ...]
    late: int
    groups: tuple[Group, ...] = ()  # of those whom the page shows

    @property
    def number(self) -> int:
        """How much is due."""
        return len(self.lines)

    @property
    def now(self) -> bool:
        """Whether anything comes before everything else, such as a safety check."""
        return any(line.now for line in self.lines)


@dataclass(frozen=True)
class Team:
    """A page of the practitioners: those with a safety check to do, then those with the most that is late."""

    members: tuple[Member, ...]
    paging: Paging


def to_do(*, actor: Actor, at: datetime) -> ToDo:
    """Return what the actor has to do; a manager also cares for the people with whom no practitioner works."""
    own = _own(actor, at)
    planned = _planned(own, actor, at)
    raised = concerns.to_do(actor=actor, at=at)
    lines = [
        *alerts.to_do(
            actor=actor, at=at, named=_names(actor), besides=[one.referral for one in raised if one.ring]
        ),
        *account_alerts.to_do(actor=actor, at=at),
        *tasks.to_do(actor=actor, at=at),
        *declarations.to_do(actor=actor, at=at),
        *merges.to_do(actor=actor, at=at),
        *_concerns(raised),
        *(one.but(owner="") for one in caring.due(own, planned, actor=actor, at=at)),
        *(one.but(owner="") for one in news.of(own, actor=actor, at=at)),
        *_leading(own, actor),
        *handing.due(actor=actor),
        *higher.due(actor=actor, at=at),
        *returns.to_do(actor=actor, at=at),
        *extracts.to_do(actor=actor, at=at),
        *typed_in.due(actor=actor, at=at),
        *_offers(actor, at),
        *_supervisions(actor, at),
        *_ahead(planned, at),
    ]
    later = [one for one in planned if one.starts_at > at]
    return ToDo(
        concerns=tuple(one for one in raised if one.ring),
        meetings=tuple(one for one in planned if dates.day_of(one.starts_at) == dates.day_of(at)),
        groups=todo.grouped(lines, at=at),
        next=later[0] if later else None,
        leads=policy.opens(actor.role, "home:team"),
    )


def _offers(actor: Actor, at: datetime) -> Iterator[Line]:
    """People offered to another programme, or by one: for those who answer."""
    return offers.to_do(PERSON, actor=actor, at=at) if actor.role is Role.MANAGER else iter(())


def for_today(*, actor: Actor, at: datetime) -> int:
    """Return how much the actor has to do today, as To do shows it."""
    return to_do(actor=actor, at=at).for_today


def team(*, actor: Actor, cursor: Cursor, at: datetime) -> Team:
    """Return what is due about people with whom practitioners work, by practitioner, the most urgent first."""
    theirs = cases.of(gate.read(actor, Action.SEE_TEAM_TO_DO, cases.OF_THE_TEAM, at=at, **cases.moments(at)))
    tomorrow = _midnight(at, days=1)
    planned = meetings.of(PLANNED.rows(people=list(theirs), until=tomorrow)) if theirs else ()
    lines: dict[str, list[Line]] = {str(one.owner): [] for one in theirs.values()}
    for line in caring.due(theirs, planned, actor=actor, at=at):
        lines[line.owner].append(line.but(owner=""))
    today = [one for one in planned if dates.day_of(one.starts_at) == dates.day_of(at)]
    members = [
        _member(ref, name, lines[str(key)], [one for one in today if one.holder_key == key], at)
        for key, ref, name in (PRACTITIONERS.rows(keys=[int(key) for key in lines]) if lines else ())
    ]
    members.sort(key=lambda one: (not one.now, -one.late, -one.number, one.name, one.ref))
    shown, paging = part(members, cursor=cursor, size=MEMBERS)
    return Team(tuple(replace(one, groups=todo.grouped(one.lines, at=at)) for one in shown), paging)


def _member(ref: str, name: str, lines: list[Line], today: list[Meeting], at: datetime) -> Member:
    return Member(ref, name, tuple(today), tuple(lines), sum(todo.is_late(line, at) for line in lines))


PRACTITIONERS = Statement(
    lambda: Practitioner.objects.filter(pk__in=among("keys")).values_list("pk", "ref", "name")
)


def _own(actor: Actor, at: datetime) -> cases.Cases:
    """Return the people in the actor's work: for a manager those with whom no practitioner works, for a supervisor none."""
    if actor.role is Role.SUPERVISOR:
        gate.see(actor, Action.SEE_TO_DO, Episode, at=at)
        return {}
    which = cases.OWN if actor.role is Role.PRACTITIONER else cases.OF_NOBODY
    return cases.of(gate.read(actor, Action.SEE_TO_DO, which, at=at, **cases.moments(at)))


def _planned(own: cases.Cases, actor: Actor, at: datetime) -> tuple[Meeting, ...]:
    """Return the meetings with these people, and those ahead that a practitioner attends as the second."""
    seconds = actor.role in policy.rule(Action.SEE_AS_SECOND).roles
    if not seconds and not own:
        return ()
    asked = PLANNED_OR_SECOND if seconds else PLANNED
    known = {"people": list(own), "midnight": _midnight(at), "until": _midnight(at, days=AHEAD.days + 1)}
    found = meetings.of(asked.rows(who=actor.who, area=actor.area, **known))
    return tuple(one if one.episode in own else one.beside_another() for one in found)


def _with_them() -> QuerySet[Any]:
    return meetings.rows(Q(episode__in=among("people"), period__startswith__lt=moment("until")))


def _with_them_or_as_second() -> QuerySet[Any]:
    as_second = policy.rule(Action.SEE_AS_SECOND).scope(anybody(Role.PRACTITIONER))
    own, until = Q(episode__in=among("people")), Q(period__startswith__lt=moment("until"))
    ahead = as_second & Q(period__startswith__gte=moment("midnight"))
    return meetings.rows(own & until, ahead & ~own & until)


PLANNED, PLANNED_OR_SECOND = Statement(_with_them), Statement(_with_them_or_as_second)


def _leading(own: cases.Cases, actor: Actor) -> Iterator[Line]:
    """Return what the actor leads, and what the referrer changed about people in their own work."""
    if actor.role is not Role.PRACTITIONER:
        yield from leading.due(actor=actor)
    yield from leading.news(own, actor=actor)
    if policy.opens(actor.role, "allocation:allocate"):
        for one in own.values():
            yield from pathway.allocation(one)


def _names(actor: Actor) -> Callable[[Collection[str]], Mapping[str, str]]:
    """Return what finds the names of referrals, where the actor may know them."""

    def named(refs: Collection[str]) -> Mapping[str, str]:
        rows = Referral.objects.filter(own_referrals("")(actor), ref__in=refs)
        return {one.ref: one.name for one in rows}

    return named


def _concerns(raised: tuple[concerns.ConcernRow, ...]) -> Iterator[Line]:
    """Return the steps of concerns that the actor owes, or that are late; an alert that waits, waits for the other side."""
    for one in raised:
        line = Line(
            words="close the concern", route="concerns:close", ref=one.ref, name=one.name, spoken=one.spoken
        )
        if one.next and one.next.asks:
            yield _step(line, one.next)
        elif not one.next and not one.ring:
            waits = one.alerts and one.acknowledged_at is None
            words = "nobody has acknowledged the alert yet" if waits else line.words
            yield line.but(words=words, since=one.raised_at, when=When.WAITING if waits else When.TODAY)


def _step(line: Line, coming: Next) -> Line:
    """Return the next step of a concern as a line; one that a colleague owes names the colleague."""
    left = f"{coming.owner} has left: another colleague has to do this" if coming.left else ""
    return line.but(
        words=coming.words,
        route="concerns:concern",
        by=coming.due_on,
        clock=left,
        owner="" if coming.mine else coming.owner,
    )


def _ahead(planned: tuple[meetings.Meeting, ...], at: datetime) -> Iterator[Line]:
    """Return the meetings of the days after today."""
    for one in planned:
        if dates.day_of(one.starts_at) > dates.day_of(at) and one.route:
            what = f"{one.title[:1].lower()}{one.title[1:]}, {one.place}"
            yield Line(
                words=what, route=one.route, ref=one.ref, name=one.name, by=one.starts_at,
                clock=dates.at(one.starts_at),
            )  # fmt: skip


def _supervisions(actor: Actor, at: datetime) -> Iterator[Line]:
    """Return supervisions overdue or due within a day: the actor's own, and those that they hold or manage.

    After them refreshers of courses: one's own, and those of practitioners whom one supervises.
    """
    today = dates.day_of(at)
    known = {"until": today + timedelta(days=1), "book": today + training.BOOK}
    for ref, name, due_on, course in gate.within(
        actor, SupervisionAction.SEE_ARRANGEMENTS, SUPERVISIONS, **known
    ):
        own = ref == actor.who
        if course:
            # an account may have both roles: the line stands where its page opens
            if actor.role is not (Role.PRACTITIONER if own else Role.SUPERVISOR):
                continue
            words = f"{'Your refresher' if own else f'Refresher of {name}'}: {training.course(course)}"
            yield Line(words=words, route="training:record", ref=ref, by=due_on)
        else:
            words = "Your supervision" if own else f"Supervision of {name}"
            yield Line(words=words, route="supervision:practitioner", ref=ref, by=due_on)


def _arranged(rows: QuerySet[SupervisionArrangement]) -> QuerySet[Any]:
    rows = rows.filter(ended_at=None, practitioner__left_on=None, due_on__lte=day("until"))
    rows = rows.order_by("due_on", "pk")
    due = rows.values_list("practitioner__ref", "practitioner__name", "due_on", Value(""))[: caring.MOST]
    theirs = policy.rule(TrainingAction.SEE_REFRESHERS).scope(anybody(Role.PRACTITIONER))
    learnt = _refreshers(TrainingEntry.objects.filter(theirs))[: caring.MOST]
    return due.union(learnt, all=True)


def _refreshers(rows: QuerySet[TrainingEntry]) -> QuerySet[Any]:
    """Return the courses that run out up to a day in the slot `book`, and that nothing newer replaces: who, what, by when."""
    newer = TrainingEntry.objects.filter(
        Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")),
        practitioner=OuterRef("practitioner"),
        kind=Kind.COURSE,
        about=OuterRef("about"),
        struck_at=None,
    )
    found = rows.filter(
        RUNS_OUT, ~Exists(newer), until__lte=day("book"), practitioner__left_on=None
    ).order_by("until", "pk")
    return found.values_list("practitioner__ref", "practitioner__name", "until", "about")


SUPERVISIONS = Question(SupervisionArrangement, _arranged)


def _midnight(at: datetime, *, days: int = 0) -> datetime:
    """Return the beginning of today in London, or of a day after it."""
    return dates.moment(dates.day_of(at) + timedelta(days=days), time(0))
