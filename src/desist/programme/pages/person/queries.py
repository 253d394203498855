"""Questions about people on the programme, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from desist.codes import RiskTool
from desist.programme import clocks
from desist.programme.agreement.states import State as AgreementState
from desist.programme.circumstances import known as circumstances
from desist.programme.circumstances.queries import asked as noted
from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.policy import Action
from desist.programme.episodes.states import OPEN
from desist.programme.leaving import states as leaving_states
from desist.programme.measures.models import Measure
from desist.programme.orders.queries import Banner, banners, only_referred, told
from desist.programme.orders.queries import known as known_orders
from desist.programme.pages.people.queries import (
    NAME,
    ORDERS,
    PAGE,
    STAGED,
    STAGES,
    CaseloadRow,
    counted,
    line,
    lines,
)
from desist.programme.pages.person.before import StepsBefore, before
from desist.programme.pages.person.known import ATTENDED, BEHIND, COLUMNS, asked, known
from desist.programme.pages.person.strip import Step, marks, of_the_course, steps
from desist.programme.pages.person.summary import COLUMNS as SUMMARY
from desist.programme.pages.person.summary import Summary, summary
from desist.programme.pages.person.summary import asked as at_a_glance
from desist.programme.referrals import news
from desist.programme.referrals.models import Happening
from desist.programme.sessions import states as session_states
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.models import Session
from desist.programme.sessions.queries import was_entered
from desist.programme.triage.models import Delay
from desist.programme.triage.states import DelayReason
from desist.references import spoken
from desist.referral.lists import Referrer
from desist.ui import charts
from desist.ui.addresses import url
from desist.ui.dates import day_of, years_between
from desist.ui.tables import Sort
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Question, Slot, Statement

#: the columns that a page reads about one person
SAID = (
    *("referral__ref", "referral__given_names", "referral__family_name", "referral__born"),
    *("referral__completed_at", "state", "version", "opened_at", "who", "since", "worries", "first", "delay"),
    *COLUMNS,
    *SUMMARY,
    *("safety", "orders", "referral__orders", "known_orders", "referral__unread_since", "happened"),
    *("referral__risk_kinds", "referral__risks_to_staff", "referral__risk_tool", "referral__risk_result"),
    *("circumstances_known", "referral__referrer_kind"),
    *(
        "departure__state",
        "departure__held_until",
        "departure__ended_at",
        "departure__by",
        "departure__reason",
    ),
)


@dataclass(frozen=True)
class LeavingSummary:
    """How the person leaves, or left: `held` until when, while a deselection waits."""

    held: bool
    held_until: datetime | None
    ended_at: datetime | None
    by: str
    reason: str


@dataclass(frozen=True)
class Unread:
    """What the person's practitioner has to read, or to decide."""

    words: str
    ref: str
    name: str
    since: datetime
    decides: bool  # the referrer withdrew the referral: someone must decide


@dataclass(frozen=True)
class PersonPage:
    """One person: who they are, how far, and what comes next."""

    ref: str
    referral: str
    spoken: str
    quoted: str  # the number of the referral, with the word for it: the police quote theirs
    name: str
    born: date
    age: int
    risks: str  # to staff, in a line; empty where none is known
    referred_risk: str  # what the referrer concluded, with the tool; empty where it is not known
    state: str
    state_label: str
    version: int
    clock: clocks.DayCount  # from the complete referral to the first allocation, or to now
    delay: str
    practitioner: str
    may_allocate: bool  # whether the actor may allocate
    may_finish: bool  # whether they may find a colleague for the record of a person who left
    may_raise: bool  # whether they may raise a concern
    may_reach: bool  # whether they may change how the person is reached
    may_record: bool  # whether they may record a session
    allocated_at: datetime | None
    steps: tuple[Step, ...]
    agreement: AgreementState
    safety: str  # the measure that waits for its safety check, usually empty
    open_concerns: int
    opened_at: datetime
    unread_since: datetime | None  # since the referrer's change or withdrawal
    news: news.News  # which of the two, while it is unread
    leaving: LeavingSummary | None
    orders: tuple[Banner, ...]
    referred_orders: tuple[str, ...]  # in force; only the referral mentions them
    before: StepsBefore  # the steps before the first session, and those missing after it
    summary: Summary

    @cached_property
    def course(self) -> tuple[Step, ...]:
        """The steps of the course: motivational sessions come before it."""
        return of_the_course(self.steps)

    @cached_property
    def scores(self) -> list[charts.Value]:
        """The total of the drawn measure at each session, None where none was taken."""
        days = [day_of(step.starts_at) for step in self.course]
        return self.summary.scores.by_session(days) if self.summary.scores and days else [None] * len(days)

    @property
    def lines(self) -> list[tuple[str, float, list[charts.Value]]]:
        """The lines below the strip as the chart takes them."""
        attended: list[charts.Value] = [
            float(one.mark in ATTENDED) if one.mark in BEHIND else None for one in self.course
        ]
        scores = self.summary.scores
        title, most = (scores.title, scores.most) if scores else ("", 1)
        drawn: list[tuple[str, float, list[charts.Value]]] = [
            ("Attended above, missed below", 1, attended),
            ("Strongest urge in the week before, 0 to 5", 5, [step.urge for step in self.course]),
            (f"{title}, 0 to {most}", most, self.scores),
        ]
        return [one for one in drawn if any(value is not None for value in one[2])]

    @property
    def in_force(self) -> bool:
        """Whether an order binds the person now, as far as it is known."""
        return bool(self.referred_orders) or any(order.in_force for order in self.orders)

    @property
    def orders_said(self) -> tuple[str, ...]:
        """Each order in a line: known here first, then what only the referral says."""
        here = (
            f"{order.kind}, {'in force' if order.in_force else 'made, not served'}" for order in self.orders
        )
        return (*here, *(f"{words}: in force, says the referral" for words in self.referred_orders))

    @property
    def strip(self) -> list[tuple[int, str, str]]:
        """The sessions as the strip macro takes them."""
        return [(step.number, step.mark, url("sessions:session", ref=step.ref)) for step in self.course]

    @property
    def next_step(self) -> Step | None:
        """The first session that is still planned."""
        return next((step for step in self.steps if step.mark in {"next", "planned"}), None)


def episodes(*, actor: Actor, at: datetime, after: str = "") -> tuple[tuple[CaseloadRow, ...], str]:
    """Return the people on the programme now, by name, PAGE at a time, and the mark of the next page.

    `after` is the reference of the last person of the page before; an unknown one leads to the first page.
    """
    question = CASELOAD_AFTER if after else CASELOAD
    found = gate.read(actor, Action.SEE_EPISODES, question, at=at, after=after)
    shown = lines(found[:PAGE], at=at)
    return shown, shown[-1].ref if len(found) > PAGE else ""


def narrowed(
    *, actor: Actor, at: datetime, stage: str, practitioner: str, sort: Sort, start: int
) -> tuple[tuple[CaseloadRow, ...], str]:
    """Return people of a stage, of one practitioner or in another order, and where the next page starts, "" on the last."""
    rows = gate.see(actor, Action.SEE_EPISODES, Episode, at=at).filter(state__in=STAGED.get(stage, OPEN))
    if practitioner:
        current = Allocation.objects.filter(practitioner__ref=practitioner, ended_at=None, leave=None)
        rows = rows.filter(pk__in=current.values("episode"))
    key = ORDERS.get(sort.key)
    order = (key.desc(nulls_last=True) if sort.descending else key.asc(nulls_last=True),) if key else ()
    found = list(line(rows, order=order, start=start))
    return lines(found[:PAGE], at=at), str(start + PAGE) if len(found) > PAGE else ""


def episode(*, actor: Actor, ref: str, at: datetime) -> PersonPage:
    """Return one person's page."""
    today = day_of(at)
    found = gate.read_one(actor, Action.SEE_EPISODE, PERSON, ref, at=at, today=today.isoformat())
    said, of_them = dict(zip(SAID, found, strict=True)), steps(STEPS.rows(ref=ref))
    number = "Police" if said["referral__referrer_kind"] == Referrer.POLICE else "Referral"
    return PersonPage(
        ref=ref,
        referral=said["referral__ref"],
        spoken=spoken(ref),
        quoted=f"{number} number {spoken(said['referral__ref'])}",
        name=f"{said['referral__given_names']} {said['referral__family_name']}",
        born=said["referral__born"],
        age=years_between(said["referral__born"], today),
        risks=_risks(said),
        referred_risk=_referred_risk(said),
        state=said["state"],
        state_label=STAGES[said["state"]],
        version=said["version"],
        clock=clocks.allocation(complete_at=said["referral__completed_at"], now=said["first"] or at),
        delay=str(DelayReason(said["delay"]).label) if said["delay"] else "",
        practitioner=said["who"] or "",
        may_allocate=(allocates := policy.opens(actor.role, "allocation:allocate")) and said["state"] in OPEN,
        may_finish=allocates and said["state"] not in OPEN,
        may_raise=policy.opens(actor.role, "concerns:about"),
        may_reach=policy.opens(actor.role, "contact_details:change"),
        may_record=policy.opens(actor.role, "sessions:record"),
        allocated_at=said["since"],
        steps=of_them,
        agreement=AgreementState(said["agreement__state"] or AgreementState.NOT_ASKED),
        safety=said["safety"] or "",
        open_concerns=said["worries"] or 0,
        opened_at=said["opened_at"],
        unread_since=said["referral__unread_since"] if said["state"] in OPEN else None,
        news=news.told(said["happened"]),
        leaving=_leaving(said),
        orders=banners(said["orders"], today=today),
        referred_orders=only_referred(said["referral__orders"], known=said["known_orders"], today=today),
        before=before(known(said, marks=marks(of_them)), partial(policy.opens, actor.role)),
        summary=summary(said, today=today),
    )


def _risks(said: Mapping[str, Any]) -> str:
    noted_here = circumstances.held(said["circumstances_known"])
    referred = said["referral__risk_kinds"], said["referral__risks_to_staff"]
    return circumstances.risks(*referred, noted_here).line


def _referred_risk(said: Mapping[str, Any]) -> str:
    result, tool = said["referral__risk_result"], said["referral__risk_tool"]
    return f"{result} ({RiskTool(tool).label})" if result and tool else str(result)


def unread(*, actor: Actor) -> tuple[Unread, ...]:
    """Return the referrer's unread changes during the programme, for actors who may read them; a leaving settles it."""
    if not policy.opens(actor.role, "referrals:read"):
        return ()
    found = []
    for ref, given, family, since, happened in gate.within(actor, Action.SEE_EPISODES, UNREAD):
        told = news.told(happened)
        found.append(Unread(told.asks, ref, f"{given} {family}", since, told.taken_back))
    return tuple(found)


def _unread(rows: QuerySet[Episode]) -> QuerySet[Any]:
    rows = rows.filter(referral__unread_since__isnull=False, ended_at=None)
    rows = rows.exclude(leavings__state=leaving_states.State.HELD).order_by("referral__unread_since")
    columns = ("ref", "referral__given_names", "referral__family_name", "referral__unread_since", "happened")
    return rows.annotate(happened=_telling()).values_list(*columns)[:MOST]


def _telling() -> ArraySubquery:
    """Return the events that came from the referrer of an episode and those that answered, the oldest first."""
    lines = Happening.objects.filter(news.TELLING, referral=OuterRef("referral")).order_by("pk")
    return ArraySubquery(lines.values("what"))


def _leaving(said: dict[str, Any]) -> LeavingSummary | None:
    if said["departure__state"] is None:
        return None
    return LeavingSummary(
        held=said["departure__state"] == leaving_states.State.HELD,
        held_until=said["departure__held_until"],
        ended_at=said["departure__ended_at"],
        by=str(leaving_states.By(said["departure__by"]).label),
        reason=str(leaving_states.Reason(said["departure__reason"]).label),
    )


def _caseload(rows: QuerySet[Episode]) -> QuerySet[Any]:
    # The policy's scope names the area too; here, on the referral, it lets the index give the order of names.
    return line(rows.filter(state__in=OPEN, referral__area=Slot("area")))


def _caseload_after(rows: QuerySet[Episode]) -> QuerySet[Any]:
    last = Episode.objects.filter(ref=Slot("after"), area=Slot("area")).order_by()
    name = Coalesce(Subquery(last.values_list(NAME)), Value(""))
    person = Coalesce(Subquery(last.values("referral")), 0)
    further = rows.annotate(name=NAME).filter(name__gte=name)
    return _caseload(further.exclude(name=name, referral__lte=person))


def _person(rows: QuerySet[Episode]) -> QuerySet[Any]:
    current = Allocation.objects.filter(episode=OuterRef("pk"), ended_at=None, leave=None)
    ever = Allocation.objects.filter(episode=OuterRef("pk"), leave=None)
    delays = Delay.objects.filter(referral=OuterRef("referral"))
    concerns = Concern.objects.filter(referral=OuterRef("referral"), closed_at=None)
    checks = Measure.objects.filter(episode=OuterRef("pk"), flagged=True, safety_check=None, struck_at=None)
    said = rows.filter(ref=Slot("ref")).annotate(
        who=Subquery(current.values("practitioner__name")),
        since=Subquery(current.values("made_at")),
        first=Subquery(ever.order_by("made_at").values("made_at")[:1]),
        delay=Subquery(delays.order_by("-recorded_at").values("reason")[:1]),
        worries=counted(concerns, "referral"),
        safety=Subquery(checks.values("ref")[:1]),
        **asked(),
        **at_a_glance(),
        orders=told(OuterRef("referral")),
        known_orders=known_orders(OuterRef("referral")),
        happened=_telling(),
        circumstances_known=noted(OuterRef("pk")),
        departure=FilteredRelation("leavings", condition=Q(leavings__state__in=leaving_states.STANDS)),
    )
    return said.values_list(*SAID)


def _steps() -> QuerySet[Any]:
    held = Session.objects.filter(episode__ref=Slot("ref")).exclude(state=session_states.State.CANCELLED)
    day = Cast(OuterRef("period__startswith"), DateField())
    diary = DiaryDay.objects.filter(
        episode=OuterRef("episode"), day__lte=day, day__gt=day - timedelta(days=7)
    )
    urges = diary.order_by("-urge").exclude(urge=None).values("urge")[:1]
    said = held.order_by("period").annotate(was_entered=was_entered(), strongest=Subquery(urges))
    return said.values_list(
        "ref", "number", "kind", "period__startswith", "state", "was_entered", "strongest"
    )


CASELOAD, CASELOAD_AFTER = Question(Episode, _caseload), Question(Episode, _caseload_after)
PERSON, STEPS = Question(Episode, _person), Statement(_steps)
#: the most changes that the first page lists
MOST = 50
UNREAD = Question(Episode, _unread)
