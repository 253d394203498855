"""Questions about supervision, each with a frozen answer."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import FilteredRelation, Max, Min, Q, QuerySet

from desist.accounts import queries as accounts
from desist.programme import clocks
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
from desist.programme.supervision import commands
from desist.programme.supervision.models import Supervision
from desist.programme.supervision.policy import Action
from desist.programme.supervision.states import Form, State, Topic
from desist.references import spoken
from desist.ui.dates import day_of
from desist.ui.words import FalseAlarm
from desist.wall import clearances, gate, policy
from desist.wall.actors import Actor

PAGE = 50
LATELY = timedelta(days=90)


@dataclass(frozen=True)
class SupervisionRow:
    """One practitioner's supervision; without an arrangement there is no clock."""

    ref: str
    name: str
    supervisor: str
    every_weeks: int | None
    last_on: datetime | None
    next_at: datetime | None
    clock: clocks.Deadline | None


@dataclass(frozen=True)
class Wanted:
    """A session after which a practitioner wants a debrief."""

    session: str
    practitioner: str
    person: str
    spoken: str
    title: str
    held_at: datetime


@dataclass(frozen=True)
class Board:
    """Every practitioner's supervision, the most overdue first, and the debriefs wanted."""

    rows: tuple[SupervisionRow, ...]
    wanted: tuple[Wanted, ...]
    may_arrange: bool

    @property
    def supervisors(self) -> tuple[tuple[str, int], ...]:
        """Each supervisor with the number of practitioners they supervise, the most first."""
        return tuple(Counter(row.supervisor for row in self.rows if row.supervisor).most_common())


@dataclass(frozen=True)
class Case:
    """A person who was talked about, where the actor may see them."""

    ref: str
    spoken: str


@dataclass(frozen=True)
class Meeting:
    """One supervision. Managers see that it was held; the record stays between its two members."""

    ref: str
    starts_at: datetime
    supervisor: str
    state: State
    form: str
    minutes: int | None
    topics: tuple[str, ...]
    agreed: str
    cases: tuple[Case, ...]
    others: int  # cases that the actor may not see
    cancelled_reason: str
    version: int


@dataclass(frozen=True)
class Arrangement:
    """Who supervised, how often, from when, until when, and who arranged it."""

    supervisor: str
    every_weeks: int
    begins_on: date
    made_by: str
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class SupervisionPage:
    """One practitioner's supervision, whole."""

    row: SupervisionRow
    meetings: tuple[Meeting, ...]
    arrangements: tuple[Arrangement, ...]
    may_arrange: bool
    may_plan: bool
    reads_records: bool
    repairs: (
        int  # repairs read as contact and kept, since they meant no protected person, in the days of LATELY
    )


@dataclass(frozen=True)
class ToRecord:
    """A planned supervision, to be recorded: `cases` are the people who can be named."""

    practitioner: str
    name: str
    meeting: Meeting
    cases: tuple[tuple[str, str], ...]


def board(*, actor: Actor, at: datetime) -> Board:
    """Return the supervision of every practitioner that the actor may see."""
    team = gate.see(actor, Action.SEE_SUPERVISION, Practitioner, at=at).filter(left_on=None)
    wanted: tuple[Wanted, ...] = ()
    if actor.role in policy.rule(Action.HOLD_DEBRIEF).roles:
        wanted = _wanted(gate.see(actor, Action.HOLD_DEBRIEF, Session, at=at))
    rows = _rows(team, at)
    return Board(rows, wanted, _may(actor, Action.ARRANGE_SUPERVISION))


def page(*, actor: Actor, ref: str, at: datetime) -> SupervisionPage:
    """Return one practitioner's supervision."""
    found = gate.open(actor, Action.SEE_SUPERVISION, Practitioner, ref, at=at)
    (row,) = _rows(found, at)
    person = found.get()
    reads = _may(actor, Action.SEE_SUPERVISION_RECORD)
    meetings = person.supervisions.order_by("-starts_at")[:PAGE].prefetch_related("cases__episode")
    arrangements = person.arrangements.order_by("-made_at", "-pk")
    seen = set(commands.people_of(actor=actor, practitioner=person).values_list("ref", flat=True))
    return SupervisionPage(
        row=row,
        meetings=tuple(_meeting(one, seen if reads else set(), reads=reads) for one in meetings),
        arrangements=tuple(
            Arrangement(
                accounts.name(ref=one.supervisor),
                one.every_weeks,
                one.begins_on,
                accounts.as_read_by(actor, one.made_by),
                one.made_at,
                one.ended_at,
            )
            for one in arrangements
        ),
        may_arrange=_may(actor, Action.ARRANGE_SUPERVISION),
        may_plan=_may(actor, Action.PLAN_SUPERVISION),
        reads_records=reads,
        repairs=clearances.answered(
            by=person.ref, place="repair", reason=FalseAlarm.NOBODY_PROTECTED, since=at - LATELY
        ),
    )


def to_arrange(*, actor: Actor, ref: str, at: datetime) -> tuple[SupervisionRow, tuple[tuple[str, str], ...]]:
    """Return one practitioner, and the colleagues who can supervise them."""
    found = gate.open(actor, Action.ARRANGE_SUPERVISION, Practitioner, ref, at=at)
    (row,) = _rows(found, at)
    others = tuple(one for one in accounts.supervisors(area=found.get().area) if one[0] != ref)
    return row, others


def to_plan(*, actor: Actor, ref: str, at: datetime) -> SupervisionRow:
    """Return one practitioner, to plan a supervision."""
    (row,) = _rows(gate.open(actor, Action.PLAN_SUPERVISION, Practitioner, ref, at=at), at)
    return row


def to_record(*, actor: Actor, ref: str, at: datetime) -> ToRecord:
    """Return a supervision, to be recorded or cancelled."""
    row = gate.open(actor, Action.RECORD_SUPERVISION, Supervision, ref, at=at).get()
    person = row.practitioner
    people = commands.people_of(actor=actor, practitioner=person).filter(ended_at=None)
    named = people.select_related("referral").order_by("referral__family_name", "pk")
    return ToRecord(
        practitioner=person.ref,
        name=person.name,
        meeting=_meeting(row, set(), reads=True),
        cases=tuple(
            (one.ref, f"{one.referral.given_names} {one.referral.family_name}, {spoken(one.ref)}")
            for one in named
        ),
    )


def to_debrief(*, actor: Actor, session: str, at: datetime) -> Wanted | None:
    """Return the session of a debrief; None where none is wanted, or it was held."""
    rows = gate.open(actor, Action.HOLD_DEBRIEF, Session, session, at=at)
    return next(iter(_wanted(rows)), None)


def _rows(team: QuerySet[Practitioner], at: datetime) -> tuple[SupervisionRow, ...]:
    today = day_of(at)
    said = team.annotate(
        current=FilteredRelation("arrangements", condition=Q(arrangements__ended_at=None)),
        last=Max("supervisions__starts_at", filter=Q(supervisions__state=State.HELD)),
        following=Min("supervisions__starts_at", filter=Q(supervisions__state=State.PLANNED)),
    ).values_list(
        *(
            "ref",
            "name",
            "current__supervisor",
            "current__every_weeks",
            "last",
            "following",
            "current__due_on",
        )
    )
    found = list(said.order_by("current__due_on", "name", "pk"))
    names = accounts.names(refs=[supervisor for _, _, supervisor, *_ in found if supervisor])
    return tuple(
        SupervisionRow(
            ref=ref,
            name=name,
            supervisor=names.get(supervisor or "", ""),
            every_weeks=weeks,
            last_on=last,
            next_at=following,
            clock=clocks.Deadline(due, today) if due else None,
        )
        for ref, name, supervisor, weeks, last, following, due in found
    )


def _wanted(rows: QuerySet[Session]) -> tuple[Wanted, ...]:
    found = rows.filter(debrief_wanted=True, debrief=None).order_by("period")
    return tuple(
        Wanted(
            session=one.ref,
            practitioner=one.practitioner.name,
            person=one.episode.referral.name,
            spoken=spoken(one.episode.ref),
            title=title(one.kind, one.number),
            held_at=one.period.lower,
        )
        for one in found.select_related("practitioner", "episode__referral")
    )


def _meeting(row: Supervision, seen: set[str], *, reads: bool) -> Meeting:
    cases = [case.episode.ref for case in row.cases.all()] if reads else []
    return Meeting(
        ref=row.ref,
        starts_at=row.starts_at,
        supervisor=accounts.name(ref=row.supervisor),
        state=State(row.state),
        form=str(Form(row.form).label) if row.form and reads else "",
        minutes=row.minutes,
        topics=tuple(str(Topic(one).label) for one in row.topics) if reads else (),
        agreed=row.agreed if reads else "",
        cases=tuple(Case(ref, spoken(ref)) for ref in cases if ref in seen),
        others=sum(ref not in seen for ref in cases),
        cancelled_reason=row.cancelled_reason,
        version=row.version,
    )


def _may(actor: Actor, action: Action) -> bool:
    return actor.role in policy.rule(action).roles
