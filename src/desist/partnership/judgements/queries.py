"""Questions for a judgement on the police side, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from desist.accounts import queries as accounts
from desist.partnership.judgements.commands import known
from desist.partnership.judgements.models import JudgementRequest
from desist.partnership.judgements.policy import Action
from desist.post.models import Partner
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


def judgements(*, actor: Actor, at: datetime) -> tuple[Asked, ...]:
    """The area's questions: those to answer first, then the newest; at most PAGE."""
    rows = gate.see(actor, Action.SEE_JUDGEMENTS, JudgementRequest, at=at)
    return _asked(rows.order_by(F("answered_at").desc(nulls_first=True), "asked_at")[:PAGE])


def one(*, actor: Actor, ref: str, at: datetime) -> Asked:
    """One question, to answer."""
    return _asked(gate.open(actor, Action.ANSWER_JUDGEMENT, JudgementRequest, ref, at=at))[0]


def _asked(found: QuerySet[JudgementRequest]) -> tuple[Asked, ...]:
    rows = list(found)
    titles = dict(Partner.objects.values_list("name", "title"))
    names = accounts.names(refs={row.answered_by for row in rows} - {""})
    return tuple(
        Asked(
            ref=row.ref,
            spoken=spoken(row.ref),
            name=row.name,
            born=row.born,
            programme=titles.get(row.programme, row.programme),
            asked_at=row.asked_at,
            answers=tuple((LABELS[name], answer) for name, answer in _said(row)),
            answered_by=names.get(row.answered_by, "a colleague") if row.answered_by else "",
            answered_at=row.answered_at,
            known=known(row),
        )
        for row in rows
    )


def _said(row: JudgementRequest) -> tuple[tuple[str, str], ...]:
    return asked.said("risk", asked.read(row.answers)) if row.answers else ()
