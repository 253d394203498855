"""The police's judgements of a person whom another organisation referred, as pages show them: frozen answers."""

from dataclasses import dataclass
from datetime import datetime

from desist.post import partners
from desist.programme.referrals.commands import police_tell_by_hand
from desist.programme.referrals.models import Referral
from desist.referral import answers as asked
from desist.referral.answers import Answers
from desist.referral.forms import LABELS
from desist.referral.lists import Referrer
from desist.wall import policy
from desist.wall.actors import Actor


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
    by_police = row.referrer_kind == Referrer.POLICE and row.partner  # their judgement is the referral's own
    found = [] if by_police else list(row.police_judgements.order_by("-asked_at", "-pk"))
    waits = any(one.answered_at is None for one in found)
    return Judgements(
        referral=row.ref,
        rows=tuple(
            Judged(
                force=partners.title(name=one.partner),
                asked_at=one.asked_at,
                answered_at=one.answered_at,
                told_by=one.told_by,
                answers=tuple((LABELS[name], said) for name, said in _said(one.answers)),
            )
            for one in found
        ),
        may_ask=policy.opens(actor.role, "judgements:ask") and may_ask(row, waits=waits),
        may_type_in=waits and policy.opens(actor.role, "judgements:type-in") and police_tell_by_hand(row),
    )


def may_ask(row: Referral, *, waits: bool) -> bool:
    """Return whether a force can be asked: others referred the person, and no question waits for an answer."""
    return row.referrer_kind != Referrer.POLICE and row.under_way and not waits


def _said(answers: Answers) -> tuple[tuple[str, str], ...]:
    return asked.said("risk", asked.read(answers)) if answers else ()
