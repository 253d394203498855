"""Everything that can happen to a follow-up."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.desk.duty.commands import NUMBER, NotANumber
from desist.programme.concerns import raising
from desist.programme.concerns.models import Concern
from desist.programme.concerns.raising import Raised
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.followups.policy import Action
from desist.programme.leaving.followups.states import TRANSITIONS, Known, Outcome, Source
from desist.programme.referrals.states import Happened
from desist.wall import gate
from desist.wall.actors import Actor


class AlreadyRecorded(Exception):
    """Somebody recorded this follow-up, or changed it since the page was drawn, or the programme goes on."""


class SaidNothing(Exception):
    """Whoever was not reached cannot be the source of what became known."""


@dataclass(frozen=True)
class Told:
    """How it ended, and what became known from whom. `raised` is who was told, where something became known."""

    outcome: Outcome
    tried_on: date
    attempts: int
    note: str
    known: Known
    sources: tuple[Source, ...]
    learned: str
    raised: Raised | None


def record(*, actor: Actor, ref: str, told: Told, submission: str, version: int | None, at: datetime) -> None:
    """Record how a follow-up ended; somebody who was not reached may be tried again.

    Raises AlreadyRecorded, SaidNothing, and NotANumber where what should be a telephone number is none.
    """
    if Source.PERSON in told.sources and told.outcome in {Outcome.NOT_REACHED, Outcome.NOT_APPROPRIATE}:
        raise SaidNothing(ref)
    if told.raised and not NUMBER.fullmatch(told.raised.contact):
        raise NotANumber(ref)
    with gate.change(actor, Action.RECORD_FOLLOW_UP, FollowUp, ref, at=at) as row:
        kept = row.episode.referral.concerns.filter(submission=submission).first() if told.raised else None
        if kept and _says(row, kept, told):
            return  # the same form once more: what became known was told to somebody once
        going_on = row.voided_at is not None
        if kept or going_on or row.version != version or told.outcome not in TRANSITIONS[row.outcome]:
            raise AlreadyRecorded(ref)
        if told.raised:
            row.concern = raising.keep(
                referral=row.episode.referral,
                raised=told.raised,
                submission=submission,
                by=actor.who,
                at=at,
            )
        row.outcome, row.tried_on, row.note = told.outcome, told.tried_on, told.note
        row.attempts += told.attempts
        row.known, row.sources, row.learned = told.known, list(told.sources), told.learned
        row.recorded_by, row.recorded_at = actor.who, at
        row.version += 1
        row.save()
        detail = f"{row.months} months: {told.outcome.label.lower()}"
        row.episode.referral.happened(Happened.FOLLOWED_UP, by=actor.who, at=at, detail=detail)


def _says(row: FollowUp, concern: Concern, told: Told) -> bool:
    """Whether what is kept is what was told; how often somebody was tried adds up, so it is not compared."""
    plain = ("outcome", "tried_on", "note", "known", "learned")
    same = all(getattr(row, name) == getattr(told, name) for name in plain)
    return same and row.sources == list(told.sources) and raising.said(concern) == told.raised
