"""Everything that can happen to a concern."""

from dataclasses import dataclass
from datetime import datetime

from desist.desk.duty.commands import NUMBER, NotANumber
from desist.programme.concerns import raising
from desist.programme.concerns.models import Concern
from desist.programme.concerns.policy import Action
from desist.programme.concerns.raising import Raised
from desist.programme.concerns.states import Outcome
from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.wall import gate
from desist.wall.actors import Actor


class AlreadyRaised(Exception):
    """The same form was sent before: the concern is raised, and the alert is on its way, once."""


class SaidOtherwise(Exception):
    """The same form was sent before, and said something else then: what it says now is kept nowhere."""


class AlreadyClosed(Exception):
    """Somebody closed this concern first."""


class NobodyTookItUp(Exception):
    """Nobody on the other side has taken the alert up: closing the concern needs a reason for that."""


@dataclass(frozen=True)
class Closing:
    """How a concern ends. `untaken_reason` says why it may, although nobody took the alert up; else empty."""

    outcome: Outcome
    words: str
    untaken_reason: str


def raise_concern(*, actor: Actor, session: str, raised: Raised, submission: str, at: datetime) -> None:
    """Record a concern that somebody was told of, and alert the other side without a word of it."""
    if not NUMBER.fullmatch(raised.contact):
        raise NotANumber(session)
    with gate.change(actor, Action.RAISE_CONCERN, Session, session, at=at) as row:
        _once(row.episode.referral, raised, submission)
        raising.keep(
            referral=row.episode.referral,
            session=row,
            raised=raised,
            submission=submission,
            by=actor.who,
            at=at,
        )


def raise_about(*, actor: Actor, episode: str, raised: Raised, submission: str, at: datetime) -> None:
    """The same about a person, whenever it was heard: at assessment, on the telephone, after a finished session."""
    if not NUMBER.fullmatch(raised.contact):
        raise NotANumber(episode)
    with gate.change(actor, Action.RAISE_CONCERN_ABOUT, Episode, episode, at=at) as row:
        _once(row.referral, raised, submission)
        raising.keep(referral=row.referral, raised=raised, submission=submission, by=actor.who, at=at)


def raise_of_referred(*, actor: Actor, referral: str, raised: Raised, submission: str, at: datetime) -> None:
    """The same about anybody who was ever referred: before a decision, for advice alone, or with whom somebody else works."""
    if not NUMBER.fullmatch(raised.contact):
        raise NotANumber(referral)
    with gate.change(actor, Action.RAISE_CONCERN_OF_REFERRED, Referral, referral, at=at) as row:
        _once(row, raised, submission)
        raising.keep(referral=row, raised=raised, submission=submission, by=actor.who, at=at)


def _once(referral: Referral, raised: Raised, submission: str) -> None:
    """Raises AlreadyRaised where the same was said with this form before, SaidOtherwise where it was something else."""
    kept = Concern.objects.filter(submission=submission).first()
    if kept is None:
        return
    said = Raised(**{name: getattr(kept, name) for name in Raised.__dataclass_fields__})
    if kept.referral_id == referral.pk and said == raised:
        raise AlreadyRaised(referral.ref)
    raise SaidOtherwise(referral.ref)


def close(*, actor: Actor, ref: str, closing: Closing, at: datetime) -> None:
    """Close a concern once; while nobody on the other side has taken its alert up, only with a reason for that."""
    with gate.change(actor, Action.CLOSE_CONCERN, Concern, ref, at=at) as concern:
        if concern.closed_at is not None:
            raise AlreadyClosed(ref)
        if concern.acknowledged_at is None and not closing.untaken_reason:
            raise NobodyTookItUp(ref)
        concern.outcome, concern.closing_words = closing.outcome, closing.words
        concern.untaken_reason = "" if concern.acknowledged_at else closing.untaken_reason
        concern.closed_by, concern.closed_at = actor.who, at
        concern.save()
