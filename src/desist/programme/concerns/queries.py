"""Questions about concerns, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from desist.desk.alerts.sending import CLOCK
from desist.desk.duty import queries as duty
from desist.post.models import Partner
from desist.programme.concerns.models import Concern
from desist.programme.concerns.states import Outcome, State, state_of
from desist.programme.episodes.models import Episode
from desist.programme.policy import Action
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
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
    alerts: bool  # somebody stands behind the referral, whom the alert reached
    acknowledged_at: datetime | None
    state: State
    outcome: str
    closing_words: str
    untaken_reason: str
    closed_at: datetime | None
    can_be_closed: bool  # by whoever looks
    ring: str  # whom to ring, once the alert should have been taken up and was not


@dataclass(frozen=True)
class About:
    """Of whom a concern is raised, in which session if it was one, and on which numbers somebody can be told.

    Without `alerts` no partner organisation is linked to the referral: nobody but the person who was told hears of the concern.
    """

    episode: str
    session: str
    spoken: str
    name: str
    title: str  # "Catch-up session 3"; empty outside a session
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
    return _rows(rows.order_by(*order)[:PAGE], actor, at)


def to_close(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The open concerns, the oldest first, for a role that may close them; for any other none. At most PAGE."""
    if not _may_close(actor):
        return ()
    rows = gate.see(actor, Action.CLOSE_CONCERN, Concern, at=at).select_related("episode__referral")
    return _rows(rows.filter(closed_at=None).order_by("raised_at", "pk")[:PAGE], actor, at)


def concern(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One concern, for whoever may close it."""
    rows = gate.open(actor, Action.CLOSE_CONCERN, Concern, ref, at=at)
    return _rows(rows.select_related("episode__referral"), actor, at)[0]


def about(*, actor: Actor, session: str, at: datetime) -> About:
    """The session in which a concern is raised."""
    rows = gate.open(actor, Action.RAISE_CONCERN, Session, session, at=at)
    return _about(rows.select_related("episode__referral").get(), actor, at)


def about_person(*, actor: Actor, episode: str, at: datetime) -> About:
    """The person about whom a concern is raised in no session."""
    rows = gate.open(actor, Action.RAISE_CONCERN_ABOUT, Episode, episode, at=at)
    return _about(rows.select_related("referral").get(), actor, at)


def _about(row: Session | Episode, actor: Actor, at: datetime) -> About:
    session = row if isinstance(row, Session) else None
    episode = row.episode if isinstance(row, Session) else row
    return About(
        episode=episode.ref,
        session=session.ref if session else "",
        spoken=spoken(episode.ref),
        name=f"{episode.referral.given_names} {episode.referral.family_name}",
        title=title(session.kind, session.number) if session else "",
        alerts=bool(episode.referral.partner),
        duty=duty.current(actor=actor, at=at),
    )


def _may_close(actor: Actor) -> bool:
    return actor.role in policy.rule(Action.CLOSE_CONCERN).roles


def _rows(found: Iterable[Concern], actor: Actor, at: datetime) -> tuple[Row, ...]:
    rows = list(found)
    late = {row.pk for row in rows if row.acknowledged_at is None and row.raised_at + CLOCK < at}
    names = {row.episode.referral.partner for row in rows if row.pk in late}
    partners = Partner.objects.filter(name__in=names).values_list("name", "title", "phone")
    phones = {name: f"{title}, {phone}" for name, title, phone in partners}
    return tuple(
        _row(row, actor, phones.get(row.episode.referral.partner, "") if row.pk in late else "")
        for row in rows
    )


def _row(row: Concern, actor: Actor, ring: str) -> Row:
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
        alerts=bool(row.episode.referral.partner),
        acknowledged_at=row.acknowledged_at,
        state=state_of(acknowledged_at=row.acknowledged_at, closed_at=row.closed_at),
        outcome=Outcome(row.outcome).label if row.outcome else "",
        closing_words=row.closing_words,
        untaken_reason=row.untaken_reason,
        closed_at=row.closed_at,
        can_be_closed=row.closed_at is None and _may_close(actor),
        ring=ring,
    )
