"""Questions about concerns, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from desist.programme.concerns.models import Concern
from desist.programme.policy import Action
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One concern: what, and to whom it led."""

    episode: str
    spoken: str
    name: str
    what: str
    told_whom: str
    told_at: datetime
    answer: str
    raised_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class About:
    """In which session, of whom, a concern is raised."""

    session: str
    spoken: str
    name: str
    number: int


def concerns(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The newest concerns first, those that nobody on the other side has taken up before all; at most PAGE."""
    rows = gate.see(actor, Action.SEE_CONCERNS, Concern, at=at).select_related("episode__referral")
    found = rows.order_by(F("acknowledged_at").asc(nulls_first=True), "-raised_at")[:PAGE]
    return tuple(
        Row(
            episode=row.episode.ref,
            spoken=spoken(row.episode.ref),
            name=f"{row.episode.referral.given_names} {row.episode.referral.family_name}",
            what=row.what,
            told_whom=row.told_whom,
            told_at=row.told_at,
            answer=row.answer,
            raised_at=row.raised_at,
            acknowledged_at=row.acknowledged_at,
        )
        for row in found
    )


def about(*, actor: Actor, session: str, at: datetime) -> About:
    """The session in which a concern is raised."""
    rows = gate.open(actor, Action.RAISE_CONCERN, Session, session, at=at)
    row = rows.select_related("episode__referral").get()
    referral = row.episode.referral
    name = f"{referral.given_names} {referral.family_name}"
    return About(session=row.ref, spoken=spoken(row.episode.ref), name=name, number=row.number)
