"""The recording of a concern, which also alerts the other side, whatever led to it."""

from dataclasses import dataclass, field
from datetime import datetime

from desist import codes
from desist.programme.alerts import commands as alerts
from desist.programme.concerns.models import Concern
from desist.programme.concerns.policy import Action
from desist.programme.concerns.stages import Kind
from desist.programme.concerns.states import RaisedFrom
from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.wall.actors import Actor

#: what may be done where, and to which row
RAISE: dict[RaisedFrom, tuple[Action, type[Session | Episode | Referral]]] = {
    RaisedFrom.SESSION: (Action.RAISE_CONCERN, Session),
    RaisedFrom.PERSON: (Action.RAISE_CONCERN_ABOUT, Episode),
    RaisedFrom.REFERRED: (Action.RAISE_CONCERN_OF_REFERRED, Referral),
}


@dataclass(frozen=True)
class Raised:
    """What a concern says. `contact` is the number that the other side calls; everything else stays here."""

    what: str
    told_whom: str
    told_at: datetime
    answer: str
    contact: str
    kind: str = field(default=Kind.OTHER, compare=False)  # the screening may correct it


def said(concern: Concern) -> Raised:
    """Return what a recorded concern says."""
    return Raised(**{name: getattr(concern, name) for name in Raised.__dataclass_fields__})


def keep(
    *,
    referral: Referral,
    raised: Raised,
    submission: str,
    actor: Actor,
    at: datetime,
    session: Session | None = None,
) -> Concern:
    """Record a concern and alert the other side without a word of it, in the transaction of what led to it."""
    alert = alerts.send(referral, reason=codes.AlertReason.CONCERN, contact=raised.contact, at=at)
    concern: Concern = referral.concerns.create(
        alert=alert,
        session=session,
        kind=raised.kind,
        what=raised.what,
        told_whom=raised.told_whom,
        told_at=raised.told_at,
        answer=raised.answer,
        contact=raised.contact,
        submission=submission,
        raised_by=actor.who,
        raised_role=actor.role,
        raised_at=at,
    )
    return concern


def referral_of(row: Session | Episode | Referral) -> Referral:
    """The referral of the row that a concern is raised from."""
    if isinstance(row, Session):
        return row.episode.referral
    return row.referral if isinstance(row, Episode) else row
