"""Questions about concerns, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Value

from desist.desk.alerts.sending import CLOCK
from desist.desk.duty import queries as duty
from desist.post.models import Partner
from desist.programme.concerns.models import Concern
from desist.programme.concerns.policy import Action
from desist.programme.concerns.states import Outcome, State, state_of
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.referrals.models import Referral
from desist.programme.referrals.queries import matching
from desist.programme.referrals.states import State as ReferralState
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
from desist.references import spoken
from desist.referral.finding import Wanted
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role

PAGE = 50
#: with fewer letters a name is looked for whole: nobody leafs through everybody who was ever referred
ENOUGH = 3


@dataclass(frozen=True)
class Ring:
    """The partner organisation to ring, and its telephone number."""

    whom: str
    number: str


@dataclass(frozen=True)
class Row:
    """One concern: what, and to whom it led."""

    ref: str
    referral: str  # "" for whoever may not read it
    episode: str  # "" where there is none, or for whoever may not open it
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
    ring: Ring | None  # once the alert should have been acknowledged and was not


@dataclass(frozen=True)
class About:
    """Of whom a concern is raised, in which session if it was one, and on which numbers somebody can be told.

    Without `alerts` no partner organisation is linked to the referral: nobody but the person who was told hears of the concern.
    """

    referral: str
    episode: str
    session: str
    spoken: str
    name: str
    title: str  # "Catch-up session 3"; empty outside a session
    alerts: bool
    duty: tuple[duty.Number, ...]


@dataclass(frozen=True)
class Found:
    """Somebody who was referred, as far as it takes to tell whom a call was about."""

    ref: str
    spoken: str
    name: str
    born: date
    state_label: str


def concerns(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """Open concerns first, those that nobody on the other side has taken up before all, then closed ones; at most PAGE."""
    rows = _whole(gate.see(actor, Action.SEE_CONCERNS, Concern, at=at), actor)
    order = (
        F("closed_at").desc(nulls_first=True),
        F("acknowledged_at").asc(nulls_first=True),
        "-raised_at",
    )
    return _rows(rows.order_by(*order)[:PAGE], actor, at)


def to_do(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """Open concerns that ask something of the actor: whom to ring now, then what they may close; the oldest first, at most PAGE."""
    rows = _whole(gate.see(actor, Action.RING_ABOUT_CONCERN, Concern, at=at), actor)
    rows = rows.filter(closed_at=None).distinct()  # a person may have been given to several in turn
    found = _rows(rows.order_by("raised_at", "pk")[:PAGE], actor, at)
    asking = (row for row in found if row.ring or row.can_be_closed)
    return tuple(sorted(asking, key=lambda row: row.ring is None))


def concern(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One concern, for whoever may close it."""
    rows = gate.open(actor, Action.CLOSE_CONCERN, Concern, ref, at=at)
    return _rows(_whole(rows, actor), actor, at)[0]


def about(*, actor: Actor, session: str, at: datetime) -> About:
    """The session in which a concern is raised."""
    rows = gate.open(actor, Action.RAISE_CONCERN, Session, session, at=at)
    row = rows.select_related("episode__referral").get()
    return _about(row.episode.referral, actor, at, episode=row.episode, session=row)


def about_person(*, actor: Actor, episode: str, at: datetime) -> About:
    """The person about whom a concern is raised in no session."""
    rows = gate.open(actor, Action.RAISE_CONCERN_ABOUT, Episode, episode, at=at)
    row = rows.select_related("referral").get()
    return _about(row.referral, actor, at, episode=row)


def about_referred(*, actor: Actor, referral: str, at: datetime) -> About:
    """Anybody who was ever referred, about whom a concern is raised."""
    rows = gate.open(actor, Action.RAISE_CONCERN_OF_REFERRED, Referral, referral, at=at)
    return _about(rows.get(), actor, at)


def found(*, actor: Actor, wanted: Wanted, at: datetime) -> tuple[tuple[Found, ...], bool]:
    """Who of the area was ever referred and is meant, the newest first; and whether there are more than PAGE."""
    rows = gate.see(actor, Action.RAISE_CONCERN_OF_REFERRED, Referral, at=at)
    meant = matching(rows, wanted)
    if wanted.name and len(wanted.name) < ENOUGH:
        meant = meant.filter(family_name__iexact=wanted.name)
    people = list(meant.order_by("-completed_at", "pk")[: PAGE + 1])
    shown = tuple(
        Found(
            ref=row.ref,
            spoken=spoken(row.ref),
            name=f"{row.given_names} {row.family_name}",
            born=row.born,
            state_label=str(ReferralState(row.state).label),
        )
        for row in people[:PAGE]
    )
    return shown, len(people) > PAGE


def _about(
    referral: Referral,
    actor: Actor,
    at: datetime,
    *,
    episode: Episode | None = None,
    session: Session | None = None,
) -> About:
    return About(
        referral=referral.ref,
        episode=episode.ref if episode else "",
        session=session.ref if session else "",
        spoken=spoken(episode.ref if episode else referral.ref),
        name=f"{referral.given_names} {referral.family_name}",
        title=title(session.kind, session.number) if session else "",
        alerts=bool(referral.partner),
        duty=duty.current(actor=actor, at=at),
    )


def _whole(rows: QuerySet[Concern], actor: Actor) -> QuerySet[Concern]:
    """With whom they are about; `opens`: whoever looks may open that person's page."""
    theirs = Allocation.objects.filter(
        episode=OuterRef("referral__episode"), practitioner__ref=actor.who, ended_at=None
    )
    opens = Exists(theirs) if actor.role is Role.PRACTITIONER else Value(value=True)
    return rows.select_related("referral__episode").annotate(opens=opens)


def _may_close(actor: Actor) -> bool:
    return actor.role in policy.rule(Action.CLOSE_CONCERN).roles


def _rows(found: Iterable[Concern], actor: Actor, at: datetime) -> tuple[Row, ...]:
    rows = list(found)
    late = {
        row.pk
        for row in rows
        if row.closed_at is None and row.acknowledged_at is None and row.raised_at + CLOCK < at
    }
    names = {row.referral.partner for row in rows if row.pk in late}
    partners = Partner.objects.filter(name__in=names).values_list("name", "title", "phone")
    rings = {name: Ring(title, phone) for name, title, phone in partners}
    return tuple(
        _row(row, actor, rings.get(row.referral.partner) if row.pk in late else None) for row in rows
    )


def _row(row: Concern, actor: Actor, ring: Ring | None) -> Row:
    referral, episode = row.referral, getattr(row.referral, "episode", None)
    return Row(
        ref=row.ref,
        referral=referral.ref if policy.opens(actor.role, "referrals:referrals") else "",
        episode=episode.ref if episode and getattr(row, "opens", False) else "",
        spoken=spoken(episode.ref if episode else referral.ref),
        name=f"{referral.given_names} {referral.family_name}",
        what=row.what,
        told_whom=row.told_whom,
        told_at=row.told_at,
        answer=row.answer,
        raised_at=row.raised_at,
        alerts=bool(referral.partner),
        acknowledged_at=row.acknowledged_at,
        state=state_of(acknowledged_at=row.acknowledged_at, closed_at=row.closed_at),
        outcome=Outcome(row.outcome).label if row.outcome else "",
        closing_words=row.closing_words,
        untaken_reason=row.untaken_reason,
        closed_at=row.closed_at,
        can_be_closed=row.closed_at is None and _may_close(actor),
        ring=ring,
    )
