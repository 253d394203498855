"""Commands for judgements of risk, acute factors and types: recording one, ending or striking one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desist.post import payloads
from desist.programme.agreement import commands as agreement
from desist.programme.episodes.models import Episode
from desist.programme.referrals import commands as referrals
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.risk.policy import Action
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

STRUCK_BEFORE = "Not saved: this judgement has already been marked as entered in error"
ENDED_BEFORE = "Not saved: this factor has already been ended"


@dataclass(frozen=True)
class Judgement:
    """A rater's conclusion. `tool` is a code; everything else is in the rater's words."""

    tool: str
    tool_version: str
    result: str
    rationale: str
    sources: str
    rater: str
    rater_trained: bool
    rated_on: date
    review_on: date
    compared: str = ""
    alerting: Sequence[str] = ()


@dataclass(frozen=True)
class Acute:
    """What makes a risk acute, from a day until another. `kind` is a code."""

    kind: str
    noticed_on: date
    until: date
    words: str


@dataclass(frozen=True)
class Typed:
    """A judgement of the type of stalking. `motive` is a code."""

    motive: str
    rationale: str
    rater: str
    rated_on: date
    behaviours: Sequence[str] = ()


def record(*, actor: Actor, episode: str, judgement: Judgement, submission: str, at: datetime) -> None:
    """Keep a judgement, and tell the referrer its day while that is open; a form that is sent twice is kept once."""
    with gate.change(actor, Action.RECORD_RISK, Episode, episode, at=at) as row:
        if RiskRating.objects.filter(submission=submission).exists():
            return
        RiskRating.objects.create(
            episode=row, submission=submission, recorded_by=actor.who, recorded_at=at, **vars(judgement)
        )
        if agreement.shares_openly(row):
            referrals.tell(row.referral, payloads.RiskJudged(judgement.rated_on), at=at)


def strike(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Strike a judgement entered by mistake; it stays readable, with the reason."""
    with gate.change(actor, Action.STRIKE_RISK, RiskRating, ref, at=at) as rating:
        if rating.struck_at:
            raise Refused(STRUCK_BEFORE)
        rating.struck_reason, rating.struck_by, rating.struck_at = reason, actor.who, at
        rating.save(update_fields=["struck_reason", "struck_by", "struck_at"])


def note(*, actor: Actor, episode: str, acute: Acute, submission: str, at: datetime) -> None:
    """Keep an acute factor; a form that is sent twice is kept once."""
    with gate.change(actor, Action.RECORD_RISK, Episode, episode, at=at) as row:
        if not AcuteFactor.objects.filter(submission=submission).exists():
            AcuteFactor.objects.create(
                episode=row, submission=submission, noted_by=actor.who, noted_at=at, **vars(acute)
            )


def end(*, actor: Actor, ref: str, over: str, at: datetime) -> str:
    """End an acute factor before its day and return the reference of the person."""
    with gate.change(actor, Action.END_FACTOR, AcuteFactor, ref, at=at) as factor:
        if factor.over and factor.over != over:
            raise Refused(ENDED_BEFORE)
        if not factor.over:
            factor.over, factor.ended_by, factor.ended_at = over, actor.who, at
            factor.save(update_fields=["over", "ended_by", "ended_at"])
        return str(factor.episode.ref)


def type_(*, actor: Actor, episode: str, typed: Typed, submission: str, at: datetime) -> None:
    """Keep a judgement of the type; a form that is sent twice is kept once."""
    with gate.change(actor, Action.RECORD_RISK, Episode, episode, at=at) as row:
        if not Typology.objects.filter(submission=submission).exists():
            Typology.objects.create(
                episode=row, submission=submission, recorded_by=actor.who, recorded_at=at, **vars(typed)
            )
