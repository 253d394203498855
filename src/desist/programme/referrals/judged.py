"""The police's judgements of a person whom another organisation referred, as pages show them: frozen answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desist.post import partners
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.referrals.models import Referral
from desist.referral import answers as asked
from desist.referral.forms import LABELS
from desist.referral.lists import Referrer
from desist.wall import policy
from desist.wall.actors import Actor

if TYPE_CHECKING:
    from desist.programme.referrals.judgements.models import PoliceJudgement


@dataclass(frozen=True)
class Judged:
    """One question to a force; `answers` are its questions and answers, none where it holds no judgement."""

    force: str
    asked_at: datetime
    answered_at: datetime | None
    told_by: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Judgements:
    """What the police judged of a person, the newest first, and what the actor may do about it."""

    referral: str
    rows: tuple[Judged, ...]
    may_ask: bool
    may_type_in: bool


def judgements(row: Referral, actor: Actor) -> Judgements:
    """Return what the police judged of the person of a referral."""
    found = row.police_judgements.order_by("-asked_at", "-pk")
    return Judgements(
        referral=row.ref,
        rows=tuple(
            Judged(
                force=partners.title(name=one.partner),
                asked_at=one.asked_at,
                answered_at=one.answered_at,
                told_by=one.told_by,
                answers=tuple((LABELS[name], said) for name, said in _said(one)),
            )
            for one in found
        ),
        may_ask=policy.opens(actor.role, "judgements:ask") and may_ask(row),
        may_type_in=policy.opens(actor.role, "judgements:type-in") and to_type(row) is not None,
    )


def may_ask(row: Referral) -> bool:
    """Return whether a force can be asked: another organisation referred the person, and no question is open."""
    if row.referrer_kind == Referrer.POLICE or not row.under_way:
        return False
    return not row.police_judgements.filter(answered_at=None).exists()


def to_type(row: Referral) -> "PoliceJudgement | None":
    """Return the open question to a force without Desist, whose answer is typed in."""
    by_hand = Partner.objects.filter(transport=Transport.BY_HAND).values("name")
    return row.police_judgements.filter(answered_at=None, partner__in=by_hand).first()


def _said(one: "PoliceJudgement") -> tuple[tuple[str, str], ...]:
    return asked.said("risk", asked.read(one.answers)) if one.answers else ()
