"""Questions about a person's phone, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.phones.policy import Action
from desist.programme.phones.states import Kind
from desist.programme.plans.between import commands as between
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.between.states import Because
from desist.programme.sessions.states import title
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: how many requests a page shows
MOST = 50


@dataclass(frozen=True)
class PhoneRow:
    """One phone or invitation that has not ended."""

    ref: str
    invited_by: str
    invited_at: datetime
    until: datetime
    began_at: datetime | None
    used_at: datetime | None
    by_lock: bool  # whether the phone's own lock opens its pages, beside the code


@dataclass(frozen=True)
class RequestRow:
    """What a person sent, in words; `waits` says whether staff have to answer it."""

    ref: str
    kind: str
    about: str
    words: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    waits: bool


@dataclass(frozen=True)
class PhonePage:
    """A person's phones and requests, the newest first. `is_set` says whether paper or phone was set, `because` why on paper alone,
    `ordered` whether an order came since it was set that they may use a phone.
    """

    ref: str
    spoken: str
    name: str
    is_set: bool
    because: str
    ordered: bool
    place: str
    phones: tuple[PhoneRow, ...]
    requests: tuple[RequestRow, ...]
    may_invite: bool
    may_change: bool


@dataclass(frozen=True)
class RequestPage:
    """One request, to answer."""

    episode: str
    spoken: str
    name: str
    request: RequestRow


def phone(*, actor: Actor, ref: str, at: datetime) -> PhonePage:
    """Return a person's phones and what they sent from them."""
    return _page(actor, Action.SEE_PHONE, ref, at)


def to_invite(*, actor: Actor, ref: str, at: datetime) -> PhonePage:
    """Return the same, to invite a phone."""
    return _page(actor, Action.INVITE_PHONE, ref, at)


def to_answer(*, actor: Actor, ref: str, at: datetime) -> RequestPage:
    """Return one request, to answer."""
    rows = gate.open(actor, Action.ANSWER_PHONE, PhoneRequest, ref, at=at)
    row = rows.select_related("episode__referral", "session").get()
    episode = row.episode
    return RequestPage(episode.ref, spoken(episode.ref), episode.referral.name, _request(row, actor))


def _page(actor: Actor, action: Action, ref: str, at: datetime) -> PhonePage:
    row = gate.open(actor, action, Episode, ref, at=at).select_related("referral").get()
    setting = BetweenSessions.objects.filter(episode=row).first()
    ordered = between.order_since(episode=row, at=at)
    requests = PhoneRequest.objects.filter(episode=row).select_related("session")
    changes = actor.role in policy.rule(Action.INVITE_PHONE).roles
    return PhonePage(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        is_set=setting is not None,
        because=str(Because(setting.because).label) if setting and setting.because else "",
        ordered=ordered and not (setting and setting.because),
        place=setting.place if setting else "",
        phones=tuple(_phone(one, actor) for one in _standing(row, at)),
        requests=tuple(_request(one, actor) for one in requests.order_by("-asked_at", "-pk")[:MOST]),
        may_invite=changes
        and setting is not None
        and not (setting.on_paper or ordered)
        and row.state in OPEN,
        may_change=changes,
    )


def _standing(episode: Episode, at: datetime) -> list[Phone]:
    rows = episode.phones.filter(ended_at=None).order_by("-invited_at", "-pk")
    return [one for one in rows if one.began_at or one.until > at]


def _phone(row: Phone, actor: Actor) -> PhoneRow:
    by = accounts.as_read_by(actor, row.invited_by)
    return PhoneRow(row.ref, by, row.invited_at, row.until, row.began_at, row.used_at, bool(row.passkey))


def _request(row: PhoneRequest, actor: Actor) -> RequestRow:
    session = row.session
    about = f"{title(session.kind, session.number)}, {dates.at(session.period.lower)}" if session else ""
    return RequestRow(
        ref=row.ref,
        kind=str(Kind(row.kind).label),
        about=about,
        words=row.words,
        asked_at=row.asked_at,
        answer=row.answer,
        answered_by=accounts.as_read_by(actor, row.answered_by) if row.answered_by else "",
        answered_at=row.answered_at,
        waits=row.kind != Kind.HOMEWORK and row.answered_at is None,
    )
