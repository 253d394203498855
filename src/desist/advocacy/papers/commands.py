"""Everything that can happen to a paper: it is made, and stays in the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desist.advocacy.contacts import bars
from desist.advocacy.papers.models import Paper
from desist.advocacy.papers.policy import Action
from desist.advocacy.papers.states import READERS, Format, Kind, Purpose
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import What
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.references import reference
from desist.refusals import Refused
from desist.ui import dates
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor

REASON = "why a paper says where"
NOT_CHOSEN = (
    "Nothing was made: your client has not agreed that {reader} can be told {what}. Ask them, and record it under "
    "“Choices”"
)
NOT_SAFE = (
    "Nothing was made: contact is marked as not safe now. Do not give them a paper until it is safe again"
)
NO_PLAN = "There is no safety plan yet. Write it with them first"


@dataclass(frozen=True)
class Order:
    """What the log is made for and what goes into it. `reason` is empty where it says nowhere exactly."""

    purpose: Purpose
    format: Format
    large: bool
    since: date | None
    until: date | None
    without: Sequence[str]
    reason: str


def make_log(
    *, actor: Actor, ref: str, order: Order, submission: str, at: datetime, why: FalseAlarm | None = None
) -> None:
    """Make the log of a client; a form that is sent twice makes one. Raises HoldsLocator, NotRead and Refused.

    A log for others needs the client's choice that they are told, and another choice if it says exactly where.
    """
    with gate.change(actor, Action.MAKE_LOG, Victim, ref, at=at) as victim:
        if Paper.objects.filter(submission=submission).exists():
            return
        own, box = reference(), vault.box(person=ref)
        _must_be_chosen(victim, order, on=dates.day_of(at))
        vault.check(actor=actor, victim=victim, texts=[order.reason], at=at, of=box, why=why)
        Paper.objects.create(
            ref=own,
            victim=victim,
            kind=Kind.LOG,
            purpose=order.purpose,
            format=order.format,
            large=order.large,
            since=order.since,
            until=order.until,
            without=list(order.without),
            places=bool(order.reason),
            words=box.lock(field=REASON, row=own, text=order.reason) if order.reason else b"",
            made_by=actor.who,
            made_at=at,
            submission=submission,
        )


def make_theirs(*, actor: Actor, ref: str, kind: Kind, large: bool, submission: str, at: datetime) -> None:
    """Make a paper for the client to keep; a form that is sent twice makes one. Raises Refused."""
    with gate.change(actor, Action.MAKE_THEIR_PAPER, Victim, ref, at=at) as victim:
        if Paper.objects.filter(submission=submission).exists():
            return
        vault.box(person=ref)
        if bars.flagged(victim=victim):
            raise Refused(NOT_SAFE)
        if kind is Kind.PLAN and not victim.plans.exists():
            raise Refused(NO_PLAN, field="kind")
        Paper.objects.create(
            victim=victim,
            kind=kind,
            purpose=Purpose.OWN,
            format=Format.PDF,
            large=large,
            without=[],
            places=False,
            words=b"",
            made_by=actor.who,
            made_at=at,
            submission=submission,
        )


def _must_be_chosen(victim: Victim, order: Order, *, on: date) -> None:
    reader = READERS.get(order.purpose)
    if reader is None:
        if bars.flagged(victim=victim):
            raise Refused(NOT_SAFE)
        return
    asked = [(What.INCIDENTS, "purpose"), *([(What.REACH, "places")] if order.reason else [])]
    for what, field in asked:
        if not safety.may_be_told(victim=victim, what=what, whom=reader, on=on):
            said = what.label[0].lower() + what.label[1:]
            told = reader.label[0].lower() + reader.label[1:]
            raise Refused(NOT_CHOSEN.format(reader=told, what=said), field=field)
