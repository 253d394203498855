"""Deciding whether a victim is told who an online stalker is, and recording that it was done."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from desist.partnership.identities.codes import Decision
from desist.partnership.identities.models import IdentityDecision
from desist.partnership.identities.policy import Action
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor


class NoPlan(Exception):
    """The victim would be told before a safety plan; the sentence says what to do."""


class AlreadyRecorded(Exception):
    """Somebody else recorded this first."""


@dataclass(frozen=True)
class Entry:
    """What was decided, and the safety plan it rests on."""

    crime_reference: str
    decision: str
    reason: str
    plan_on: date | None
    plan_with: str


def decide(*, actor: Actor, entry: Entry, submission: str, at: datetime) -> None:
    """Record a decision; to tell needs a safety plan first. The same form sent twice is one decision."""
    if entry.decision == Decision.TELL and (entry.plan_on is None or not entry.plan_with):
        raise NoPlan("Make the safety plan first: record when and with whom")
    if entry.plan_on and entry.plan_on > day_of(at):
        raise NoPlan("The safety plan is in the future: decide once it is made")
    if IdentityDecision.objects.filter(submission=submission, decided_by=actor.who).exists():
        return
    row = IdentityDecision(
        area=actor.area, decided_by=actor.who, decided_at=at, submission=submission, **asdict(entry)
    )
    with gate.create(actor, Action.DECIDE_IDENTITY, row, at=at):
        pass


def told(*, actor: Actor, ref: str, on: date, how: str, version: int | None, at: datetime) -> None:
    """Record that the victim was told."""
    with gate.change(actor, Action.DECIDE_IDENTITY, IdentityDecision, ref, at=at) as row:
        if row.version != version or row.told_on or row.decision != Decision.TELL or row.plan_on is None:
            raise AlreadyRecorded("Somebody else recorded this first, or telling was not decided")
        if on < row.plan_on:
            raise NoPlan("The victim would have been told before the safety plan: check the dates")
        row.told_on, row.told_how, row.told_by = on, how, actor.who
        row.version += 1
        row.save()
