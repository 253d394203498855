"""Commands for a judgement of risk: recording it, recording a later one, or striking a mistake."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.programme.episodes.models import Episode
from desist.programme.risk.models import RiskRating
from desist.programme.risk.policy import Action
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

STRUCK_BEFORE = "Not saved: this judgement has already been marked as entered in error"


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


def record(*, actor: Actor, episode: str, judgement: Judgement, submission: str, at: datetime) -> None:
    """Keep a judgement; a form that is sent twice is kept once."""
    with gate.change(actor, Action.RECORD_RISK, Episode, episode, at=at) as row:
        if not RiskRating.objects.filter(submission=submission).exists():
            RiskRating.objects.create(
                episode=row,
                submission=submission,
                recorded_by=actor.who,
                recorded_at=at,
                **vars(judgement),
            )


def strike(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Strike a judgement entered by mistake; it stays readable, with the reason."""
    with gate.change(actor, Action.STRIKE_RISK, RiskRating, ref, at=at) as rating:
        if rating.struck_at:
            raise Refused(STRUCK_BEFORE)
        rating.struck_reason, rating.struck_by, rating.struck_at = reason, actor.who, at
        rating.save(update_fields=["struck_reason", "struck_by", "struck_at"])
