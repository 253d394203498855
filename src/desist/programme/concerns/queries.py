"""Questions about concerns, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from desist.programme.concerns.models import Concern
from desist.programme.concerns.states import Outcome, State, state_of
from desist.programme.duty import queries as duty
from desist.programme.policy import Action
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One concern: what, and to whom it led."""

    ref: str
    episode: str
    spoken: str
    name: str
    what: str
    told_whom: str
    told_at: datetime
    answer: str
    raised_at: datetime
    acknowledged_at: datetime | None
    state: State
    outcome: str
    closing_words: str
    untaken_reason: str
    closed_at: datetime | None
    can_be_closed: bool  # by whoever looks


@dataclass(frozen=True)
class About:
    """In which session, of whom, a concern is raised, and on which numbers somebody can be told.

    Without `alerts` no partner stands on the referral: nobody but the person who was told hears of the concern.
    """

    session: str
    spoken: str
    name: str
    number: int
    alerts: bool
    duty: tuple[duty.Number, ...]


def concerns(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """Open concerns first, those that nobody on the other side has taken up before all, then closed ones; at most PAGE."""
    rows = gate.see(actor, Action.SEE_CONCERNS, Concern, at=at).select_related("episode__referral")
    order = (
        F("closed_at").desc(nulls_first=True),
        F("acknowledged_at").asc(nulls_first=True),
        "-raised_at",
    )
    return tuple(_row(row, actor) for row in rows.order_by(*order)[:PAGE])


def to_close(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The open concerns, the oldest first, for a role that may close them; for any other none. At most PAGE."""
    if not _may_close(actor):
        return ()
    rows = gate.see(actor, Action.CLOSE_CONCERN, Concern, at=at).select_related("episode__referral")
    return tuple(_row(row, actor) for row in rows.filter(closed_at=None).order_by("raised_at", "pk")[:PAGE])


def concern(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One concern, for whoever may close it."""
    rows = gate.open(actor, Action.CLOSE_CONCERN, Concern, ref, at=at)
    return _row(rows.select_related("episode__referral").get(), actor)


def about(*, actor: Actor, session: str, at: datetime) -> About:
    """The session in which a concern is raised."""
    rows = gate.open(actor, Action.RAISE_CONCERN, Session, session, at=at)
    row = rows.select_related("episode__referral").get()
    referral = row.episode.referral
    name = f"{referral.given_names} {referral.family_name}"
    return About(
        session=row.ref,
        spoken=spoken(row.episode.ref),
        name=name,
        number=row.number,
        alerts=bool(referral.partner),
        duty=duty.current(actor=actor, at=at),
    )


def _may_close(actor: Actor) -> bool:
    return actor.role in policy.rule(Action.CLOSE_CONCERN).roles


def _row(row: Concern, actor: Actor) -> Row:
    return Row(
        ref=row.ref,
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=f"{row.episode.referral.given_names} {row.episode.referral.family_name}",
        what=row.what,
        told_whom=row.told_whom,
        told_at=row.told_at,
        answer=row.answer,
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        state=state_of(acknowledged_at=row.acknowledged_at, closed_at=row.closed_at),
        outcome=Outcome(row.outcome).label if row.outcome else "",
        closing_words=row.closing_words,
        untaken_reason=row.untaken_reason,
        closed_at=row.closed_at,
        can_be_closed=row.closed_at is None and _may_close(actor),
    )
