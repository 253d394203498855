"""Commands that change a follow-up."""

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
from desist.refusals import Changed, Refused
from desist.wall import gate
from desist.wall.actors import Actor

SAID_NOTHING = "The person was not reached, so they cannot be the source"


@dataclass(frozen=True)
class Told:
    """How a follow-up ended, what became known and from which source; `raised` is the concern that it led to."""

    outcome: Outcome
    tried_on: date
    attempts: int
    note: str
    known: Known
    sources: tuple[Source, ...]
    learned: str
    raised: Raised | None


def record(*, actor: Actor, ref: str, told: Told, submission: str, version: int | None, at: datetime) -> None:
    """Record how a follow-up ended; a person who was not reached may be tried again.

    Raises Changed, Refused, and NotANumber for a number that is none.
    """
    if Source.PERSON in told.sources and told.outcome in {Outcome.NOT_REACHED, Outcome.NOT_APPROPRIATE}:
        raise Refused(SAID_NOTHING, field="asked")
    if told.raised and not NUMBER.fullmatch(told.raised.contact):
        raise NotANumber(ref)
    with gate.change(actor, Action.RECORD_FOLLOW_UP, FollowUp, ref, at=at) as row:
        kept = row.episode.referral.concerns.filter(submission=submission).first() if told.raised else None
        if kept and _says(row, kept, told):
            return  # the form came twice: the alert went out once
        going_on = row.voided_at is not None
        gate.next_version(row, version)
        if kept or going_on or told.outcome not in TRANSITIONS[row.outcome]:
            raise Changed
        if told.raised:
            row.concern = raising.keep(
                referral=row.episode.referral,
                raised=told.raised,
                submission=submission,
                actor=actor,
                at=at,
            )
        row.outcome, row.tried_on, row.note = told.outcome, told.tried_on, told.note
        row.attempts += told.attempts
        row.known, row.sources, row.learned = told.known, list(told.sources), told.learned
        row.recorded_by, row.recorded_at = actor.who, at
        row.save()
        detail = f"{row.months} months: {told.outcome.label.lower()}"
        row.episode.referral.happened(Happened.FOLLOWED_UP, by=actor.who, at=at, detail=detail)


def _says(row: FollowUp, concern: Concern, told: Told) -> bool:
    """Return whether the stored words are those told; attempts add up, so they are not compared."""
    plain = ("outcome", "tried_on", "note", "known", "learned")
    same = all(getattr(row, name) == getattr(told, name) for name in plain)
    return same and row.sources == list(told.sources) and raising.said(concern) == told.raised
