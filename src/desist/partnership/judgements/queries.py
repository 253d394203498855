"""Questions for a judgement on the police side, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from desist.accounts import queries as accounts
from desist.partnership.judgements.commands import known
from desist.partnership.judgements.models import JudgementRequest
from desist.partnership.judgements.policy import Action
from desist.post import partners
from desist.references import spoken
from desist.referral import answers as asked
from desist.referral.answers import Answers
from desist.referral.forms import LABELS
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """One question; `answers` are the questions of the answer and what it says, none where no judgement is held."""

    ref: str
    spoken: str
    name: str
    born: date
    programme: str
    asked_at: datetime
    answers: tuple[tuple[str, str], ...]
    answered_by: str
    answered_at: datetime | None
    known: Answers


def waiting(*, actor: Actor, at: datetime) -> tuple[Asked, ...]:
    """The questions that are not answered, the oldest first."""
    rows = gate.see(actor, Action.SEE_JUDGEMENTS, JudgementRequest, at=at).filter(answered_at=None)
    return tuple(map(_asked, rows.order_by("asked_at")[:PAGE]))


def judgements(*, actor: Actor, at: datetime) -> tuple[Asked, ...]:
    """The area's questions: those to answer first, then the newest; at most PAGE."""
    rows = gate.see(actor, Action.SEE_JUDGEMENTS, JudgementRequest, at=at)
    return tuple(map(_asked, rows.order_by(F("answered_at").desc(nulls_first=True), "asked_at")[:PAGE]))


def one(*, actor: Actor, ref: str, at: datetime) -> Asked:
    """One question, to answer."""
    return _asked(gate.open(actor, Action.ANSWER_JUDGEMENT, JudgementRequest, ref, at=at).get())


def _asked(row: JudgementRequest) -> Asked:
    said = asked.said("risk", asked.read(row.answers)) if row.answers else ()
    return Asked(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=row.name,
        born=row.born,
        programme=partners.title(name=row.programme),
        asked_at=row.asked_at,
        answers=tuple((LABELS[name], answer) for name, answer in said),
        answered_by=accounts.name(ref=row.answered_by) if row.answered_by else "",
        answered_at=row.answered_at,
        known=known(row),
    )
