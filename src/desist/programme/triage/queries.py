"""Questions of triage, each with a frozen answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from desist import codes
from desist.accounts import queries as accounts
from desist.programme import clocks
from desist.programme.referrals import queries as referrals
from desist.programme.referrals.models import Referral
from desist.programme.referrals.policy import Action as ReferralsAction
from desist.programme.referrals.states import DeclineReason, State
from desist.programme.triage import commands, findings
from desist.programme.triage.models import Advice, Criteria, Decision, Delay
from desist.programme.triage.policy import Action
from desist.programme.triage.states import Criterion, DelayReason, How, Likeness, OverrideReason
from desist.references import spoken
from desist.referral.police_areas import named
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.places import rows_that_wait
from desist.wall.statements import Slot

PAGE = 50
#: referrals that wait for a decision, and for a practitioner
UNDECIDED, UNALLOCATED = Q(state=State.RECEIVED), Q(state=State.ACCEPTED, episode__state="waiting")
# The policy's scope names the area of the referral; here, on the episode, it lets the index find those who wait.
WAITING = rows_that_wait(Referral, UNDECIDED, UNALLOCATED & Q(episode__area=Slot("area")))
#: what a referral in a state waits for
WAITS_FOR = {
    State.RECEIVED: "A decision",
    State.ACCEPTED: "A practitioner",
    State.CONSULTATION: "Advice to the referrer",
}


@dataclass(frozen=True)
class Row:
    """One referral in the inbox: what it waits for, and its clock."""

    ref: str
    episode: str
    spoken: str
    name: str
    waits_for: str
    clock: clocks.DayCount
    completed_at: datetime
    delay: str
    open_concern: bool

    @property
    def late_unexplained(self) -> bool:
        """Whether a reason for the delay is still missing."""
        return self.clock.urgency == "late" and not self.delay


@dataclass(frozen=True)
class Inbox:
    """What waits, the longest waiting first."""

    rows: tuple[Row, ...]
    consultations: tuple[Row, ...]  # taken as consultation only, and no advice given yet
    next: str


@dataclass(frozen=True)
class Signed:
    """One decision with what the criteria said then."""

    outcome: str
    reason: str
    override: str
    likeness: str  # empty also for a reader who may not see whom the person was compared with
    likeness_reason: str
    note: str
    findings: tuple[findings.Finding, ...]
    by: str
    at: datetime


@dataclass(frozen=True)
class Given:
    """Advice that was given."""

    to: str
    how: str
    on: date
    words: str
    by: str


@dataclass(frozen=True)
class Late:
    """A reason for a delay."""

    reason: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Page:
    """One referral as triage sees it."""

    ref: str
    spoken: str
    name: str
    state: str
    state_label: str
    may_be: tuple[str, ...]  # the outcomes that may follow
    clock: clocks.DayCount
    findings: tuple[findings.Finding, ...]
    all_met: bool
    version: int
    decisions: tuple[Signed, ...]  # the last first
    advice: tuple[Given, ...]
    delays: tuple[Late, ...]
    referrer: str
    open_concern: bool
    alike: tuple[referrals.Alike, ...] = ()  # for the manager who decides


@dataclass(frozen=True)
class Setting:
    """The criteria, with the days from and until which they apply."""

    ref: str
    settings: findings.Settings
    stages: tuple[str, ...]
    areas: tuple[str, ...]  # the police areas in which people may live, in words, the actor's own one first
    reason: str
    by: str
    at: datetime | None
    ended_at: datetime | None


def inbox(*, actor: Actor, at: datetime, after: str = "") -> Inbox:
    """Return what waits for a decision or practitioner, PAGE at a time, after the reference `after`."""
    rows = gate.see(actor, Action.SEE_TRIAGE, Referral, at=at)
    waiting = rows.filter(UNDECIDED | UNALLOCATED).order_by("completed_at", "pk")
    if last := rows.filter(ref=after).values_list("completed_at", "pk").first():
        waiting = waiting.filter(Q(completed_at__gt=last[0]) | Q(completed_at=last[0], pk__gt=last[1]))
    found = _rows(waiting, at)
    consulted = rows.filter(state=State.CONSULTATION, advice=None).order_by("completed_at", "pk")
    return Inbox(
        rows=found,
        consultations=_rows(consulted, at),
        next=found[-1].ref if len(found) == PAGE else "",
    )


def referral(*, actor: Actor, ref: str, at: datetime) -> Page:
    """Return one referral's triage, whole."""
    return _page(gate.open(actor, Action.SEE_TRIAGE, Referral, ref, at=at).get(), actor, at)


def to_decide(*, actor: Actor, ref: str, at: datetime) -> Page:
    """Return one referral's triage for the manager who decides."""
    row = gate.open(actor, Action.DECIDE_REFERRAL, Referral, ref, at=at).get()
    return replace(_page(row, actor, at), alike=referrals.others(actor, row, at))


def to_advise(*, actor: Actor, ref: str, at: datetime) -> Page:
    """Return one referral's triage for the colleague who records advice."""
    return _page(gate.open(actor, Action.ADVISE, Referral, ref, at=at).get(), actor, at)


def to_explain(*, actor: Actor, ref: str, at: datetime) -> Page:
    """Return one referral's triage for the manager who explains a delay."""
    return _page(gate.open(actor, Action.EXPLAIN_DELAY, Referral, ref, at=at).get(), actor, at)


def criteria(*, actor: Actor, at: datetime) -> tuple[Setting, ...]:
    """Return the criteria of the area, the current ones first; the usual ones where a manager has set none."""
    rows = gate.see(actor, Action.SEE_CRITERIA, Criteria, at=at).order_by("-made_at", "-pk")[:PAGE]
    found = tuple(
        Setting(
            ref=row.ref,
            settings=(settings := commands.settings_of(row, row.area)),
            stages=_stages(settings.proceedings),
            areas=_areas(settings),
            reason=row.reason,
            by=accounts.as_read_by(actor, row.made_by),
            at=row.made_at,
            ended_at=row.ended_at,
        )
        for row in rows
    )
    usual = commands.settings_of(None, actor.area)
    return found or (Setting("", usual, _stages(usual.proceedings), _areas(usual), "", "", None, None),)


def _rows(rows: QuerySet[Referral], at: datetime) -> tuple[Row, ...]:
    newest = Delay.objects.filter(referral=OuterRef("pk")).order_by("-recorded_at", "-pk")
    found = rows.annotate(
        delay=Subquery(newest.values("reason")[:1]),
        of=F("episode__ref"),
        worries=Count("concerns", filter=Q(concerns__closed_at=None)),
    ).values_list("ref", "of", "given_names", "family_name", "state", "completed_at", "delay", "worries")[
        :PAGE
    ]
    return tuple(
        Row(
            ref=ref,
            episode=episode or "",
            spoken=spoken(ref),
            name=f"{given} {family}",
            waits_for=WAITS_FOR[State(state)],
            clock=clocks.allocation(complete_at=completed_at, now=at),
            completed_at=completed_at,
            delay=DelayReason(delay).label if delay else "",
            open_concern=bool(worries),
        )
        for ref, episode, given, family, state, completed_at, delay, worries in found
    )


def _stages(chosen: frozenset[str]) -> tuple[str, ...]:
    return tuple(str(one.label) for one in codes.Proceedings if one.value in chosen)


def _areas(settings: findings.Settings) -> tuple[str, ...]:
    return tuple(map(named, (settings.area, *sorted(settings.other_areas - {settings.area}))))


def _page(row: Referral, actor: Actor, at: datetime) -> Page:
    found = commands.found_for(row, commands.current(row.area), actor=actor, at=at)
    state = State(row.state)
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.given_names} {row.family_name}",
        state=state.value,
        state_label=str(state.label),
        may_be=tuple(one.value for one in commands.outcomes(state)),
        clock=clocks.allocation(complete_at=row.completed_at, now=at),
        findings=found,
        all_met=findings.all_met(found),
        version=row.version,
        decisions=tuple(_signed(one, actor) for one in row.decisions.order_by("-signed_at", "-pk")),
        advice=tuple(_given(one, actor) for one in row.advice.order_by("-given_on", "-pk")),
        delays=tuple(_late(one, actor) for one in row.delays.order_by("-recorded_at", "-pk")),
        referrer=row.referrer_name,
        open_concern=row.concerns.filter(closed_at=None).exists(),
    )


def _signed(row: Decision, actor: Actor) -> Signed:
    told = bool(row.likeness) and _sees(actor, row.compared)
    return Signed(
        outcome=State(row.outcome).label,
        reason=DeclineReason(row.decline_reason).label if row.decline_reason else "",
        override=OverrideReason(row.override).label if row.override else "",
        likeness=str(Likeness(row.likeness).label) if told else "",
        likeness_reason=row.likeness_reason if told else "",
        note=row.note,
        findings=tuple(findings.Finding(Criterion(code), met, words) for code, met, words in row.findings),
        by=accounts.as_read_by(actor, row.signed_by),
        at=row.signed_at,
    )


def _sees(actor: Actor, compared: Sequence[str]) -> bool:
    """Return whether the actor may see every referral that the person was compared with."""
    rule = policy.rule(ReferralsAction.SEE_REFERRALS)
    seen = Referral.objects.filter(rule.scope(actor), ref__in=compared).count()
    return actor.role in rule.roles and seen == len(compared)


def _given(row: Advice, actor: Actor) -> Given:
    return Given(
        row.given_to, How(row.how).label, row.given_on, row.words, accounts.as_read_by(actor, row.given_by)
    )


def _late(row: Delay, actor: Actor) -> Late:
    return Late(
        DelayReason(row.reason).label, row.note, accounts.as_read_by(actor, row.recorded_by), row.recorded_at
    )
