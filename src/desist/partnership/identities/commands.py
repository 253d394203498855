"""Deciding whether a victim is told who an online stalker is, and recording that it was done."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime

from desist.partnership.identities.codes import Decision
from desist.partnership.identities.models import IdentityDecision
from desist.partnership.identities.policy import Action
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Entry:
    """What the officer decided, and the safety plan it rests on."""

    crime_reference: str
    decision: str
    reason: str
    plan_on: date | None
    plan_with: str


def decide(*, actor: Actor, entry: Entry, submission: str, at: datetime) -> None:
    """Record a decision. Telling needs a safety plan first. A form that was sent twice makes one decision."""
    if entry.decision == Decision.TELL and (entry.plan_on is None or not entry.plan_with):
        raise Refused("Make the safety plan first: record when and with whom")
    if entry.plan_on and entry.plan_on > day_of(at):
        raise Refused("The safety plan is in the future: decide once it is made")
    row = IdentityDecision(
        area=actor.area, decided_by=actor.who, decided_at=at, submission=submission, **asdict(entry)
    )
    with suppress(gate.Twice), gate.create(actor, Action.DECIDE_IDENTITY, row, at=at):
        pass


def told(*, actor: Actor, ref: str, on: date, how: str, version: int | None, at: datetime) -> None:
    """Record that the victim was told."""
    with gate.change(actor, Action.DECIDE_IDENTITY, IdentityDecision, ref, at=at, version=version) as row:
        if row.told_on or row.decision != Decision.TELL or row.plan_on is None:
            raise Refused("A colleague recorded this first, or telling was not decided")
        if on < row.plan_on:
            raise Refused("The victim would have been told before the safety plan: check the dates")
        row.told_on, row.told_how, row.told_by = on, how, actor.who
        row.save()
