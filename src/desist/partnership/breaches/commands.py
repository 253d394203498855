"""Everything that can happen to a reported breach, and the attendance a programme certifies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desist.orders import terms
from desist.partnership.breaches.codes import Step
from desist.partnership.breaches.models import Breach, Certificate
from desist.partnership.breaches.policy import Action
from desist.partnership.breaches.states import FOLLOWS
from desist.partnership.orders import law, notices
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import UNMADE
from desist.partnership.orders.writing import edited, note
from desist.partnership.referrals import commands as referrals
from desist.partnership.referrals.models import Referral
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

#: how the programme names a session: its kind, and its number within the kind
SESSION = re.compile("(Session|Catch-up session|Pivot session) [0-9]{1,3}")
#: how much of a session took place when it ended early
MINUTES = re.compile("[0-9]{1,3} of [0-9]{1,3}")


#: what happened after a breach -> what the advocate is told of it; bail is told by whether it has conditions
TOLD = {
    Step.ARRESTED: notices.Event.ARRESTED,
    Step.CHARGED: notices.Event.CHARGED,
    Step.HEARING: notices.Event.COURT,
    Step.OUTCOME: notices.Event.OUTCOME,
    Step.SENTENCED: notices.Event.OUTCOME,
    Step.NO_ACTION: notices.Event.OUTCOME,
    Step.RELEASED: notices.Event.RELEASED,
}


@dataclass(frozen=True)
class Report:
    """What was reported: which conditions, when, through which source, and whether the victim was contacted."""

    conditions: tuple[int, ...]
    happened_on: date
    reported_on: date
    source: str
    channel: str
    victim_contact: bool
    account: str
    excuse: str
    crime_reference: str
    also_stalking: bool | None


@dataclass(frozen=True)
class Followed:
    """What happened after a breach and on which day; `detail`: the coded offence, finding or sentence."""

    step: Step
    on: date
    bail_conditions: bool | None
    detail: str = ""
    officer: str = ""
    note: str = ""

    @property
    def event(self) -> notices.Event:
        """The event that the advocate is told."""
        if self.step is Step.BAILED:
            return notices.Event.BAIL if self.bail_conditions else notices.Event.BAIL_NONE
        return TOLD[self.step]


@dataclass(frozen=True)
class Decision:
    """What the police decided, and whether it is recorded as stalking too."""

    decision: str
    reason: str
    crime_reference: str
    also_stalking: bool | None


def record(
    *,
    actor: Actor,
    ref: str,
    report: Report,
    submission: str,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Record a breach of conditions that held on that day. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.RECORD_BREACH, Order, ref, at=at) as order, edited(order, version):
        if wrong := impossible(order, report):
            raise Refused(wrong)
        _hold(order, {"account": report.account, "excuse": report.excuse}, override, actor, at)
        order.breaches.create(
            conditions=sorted(report.conditions),
            happened_on=report.happened_on,
            reported_on=report.reported_on,
            source=report.source,
            channel=report.channel,
            victim_contact=report.victim_contact,
            account=report.account,
            excuse=report.excuse,
            crime_reference=report.crime_reference,
            also_stalking=report.also_stalking,
            submission=submission,
            recorded_by=actor.who,
            recorded_at=at,
        )
        numbers = ", ".join(str(number) for number in sorted(report.conditions))
        note(order, f"Breach reported, condition {numbers}", on=report.happened_on, by=actor, at=at)
        # The programme is not told: what a victim reported must not reach the person by its timing.
        notices.tell_advocacy(order, notices.Event.BREACH, on=report.happened_on, at=at)


def impossible(order: Order, report: Report) -> str:
    """Why these conditions cannot have been breached on that day; empty when they can have been."""
    if order.state in UNMADE or order.made_on is None:
        return "An order that was not made cannot be breached"
    if report.reported_on < report.happened_on:
        return "A breach cannot be reported before it happened"
    conditions = {one.number: one for one in law.conditions(order)}
    ends = order.closed_on or order.ends_on
    for number in sorted(report.conditions):
        condition = conditions.get(number)
        if condition is None or not terms.holds(
            condition=condition, on=report.happened_on, made=order.made_on, ends=ends
        ):
            return f"Condition {number} was not in force on {report.happened_on:%-d %B %Y}: check its dates"
    return ""


def decide(
    *,
    actor: Actor,
    ref: str,
    breach: str,
    decision: Decision,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Record what the police decided, once. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.DECIDE_BREACH, Order, ref, at=at) as order, edited(order, version):
        found = of(order, breach)
        if found.decision:
            raise Refused("A colleague recorded the decision first")
        _hold(order, {"reason": decision.reason}, override, actor, at)
        found.decision, found.reason = decision.decision, decision.reason
        found.crime_reference = decision.crime_reference or found.crime_reference
        found.also_stalking = decision.also_stalking
        found.decided_by, found.decided_at = actor.who, at
        gate.next_version(found)
        found.save()
        title = f"Breach of {found.happened_on:%-d %B %Y}: {found.get_decision_display().lower()}"
        note(order, title, on=day_of(at), by=actor, at=at)


def follow(
    *,
    actor: Actor,
    ref: str,
    breach: str,
    what: Followed,
    submission: str,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Record the next step of the case. The advocate hears its kind and day, the programme nothing.

    Raises Refused and words.Unclear.
    """
    with gate.change(actor, Action.FOLLOW_BREACH, Order, ref, at=at) as order, edited(order, version):
        found = of(order, breach)
        if what.on < found.happened_on:
            raise Refused("This cannot have happened before the breach: check the day")
        if what.on > day_of(at) and what.step is not Step.HEARING:
            raise Refused("Only a hearing can lie ahead: check the day")
        state = found.state
        if what.step not in FOLLOWS[state]:
            raise Refused(f"{what.step.label} cannot follow: the case is at “{state.label}”")
        _hold(order, {"note": what.note}, override, actor, at)
        step = found.steps.create(
            kind=what.step,
            on=what.on,
            bail_conditions=what.bail_conditions,
            detail=what.detail,
            officer=what.officer,
            note=what.note,
            submission=submission,
            by=actor.who,
            at=at,
        )
        title = f"Breach of {found.happened_on:%-d %B %Y}: {step.called}"
        note(order, title, on=what.on, by=actor, at=at, words=what.note)
        notices.tell_advocacy(order, what.event, on=what.on, at=at)


def of(order: Order, breach: str) -> Breach:
    """A breach of an order by its reference; raises NotFound."""
    found = order.breaches.filter(ref=breach).first()
    if found is None:
        raise NotFound(breach)
    return found


def _hold(
    order: Order, texts: Mapping[str, str], override: Override | None, actor: Actor, at: datetime
) -> None:
    """Check words that a court may read to the person: they hold no lead, or a colleague answers for them."""
    named = audit.row_name(Order, order.ref)
    clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)


def note_attendance(received: Received) -> None:
    """Keep a certificate of the programme with the referral. The page of every order tied to the referral shows it."""
    certificate: payloads.AttendanceCertificate = received.payload
    kept = _read(certificate)
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.NOTE_ATTENDANCE, Referral, ref, at=received.at) as referral:
        if referral.certificates.filter(number=kept.number, certified_at=kept.certified_at).exists():
            return
        kept.referral, kept.area = referral, referral.area
        kept.save()
        number = len(kept.days)
        for order in Order.objects.filter(referral=referral):
            title = f"Attendance certificate {certificate.number} received: {number} {'session' if number == 1 else 'sessions'}"
            note(
                order,
                title,
                on=day_of(certificate.certified_at),
                by=received.actor,
                at=received.at,
                words=certificate.requirement,
            )


def _read(certificate: payloads.AttendanceCertificate) -> Certificate:
    """Return the certificate as it is kept. A certificate without sessions means that none is certified any more."""
    said = certificate
    try:
        days = [date.fromisoformat(day) for day in said.days]
        since = None if said.since == payloads.THE_BEGINNING else date.fromisoformat(said.since)
        lines = list(zip(said.sessions, days, said.entered, said.minutes, strict=True))
        readable = all(_readable(session, entered, minutes) for session, _, entered, minutes in lines)
    except ValueError:
        readable = False
    if not readable:
        raise CannotHandle(
            "The sessions or the days of this certificate cannot be read. Ask the programme for it again."
        )
    return Certificate(
        number=said.number,
        requirement=said.requirement,
        since=since,
        sessions=list(said.sessions),
        days=days,
        entered=list(said.entered),
        minutes=list(said.minutes),
        certified_at=said.certified_at,
    )


def _readable(session: str, entered: str, minutes: str) -> bool:
    """Whether one session has the form that programmes send. Raises ValueError for an impossible day."""
    if entered != payloads.AT_THE_TIME:
        date.fromisoformat(entered)
    return bool(SESSION.fullmatch(session)) and (
        minutes == payloads.AS_PLANNED or bool(MINUTES.fullmatch(minutes))
    )
