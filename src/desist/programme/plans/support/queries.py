"""Questions about partner agencies and support, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.plans.support.models import Agency, SupportReferral
from desist.programme.plans.support.policy import Action
from desist.programme.plans.support.states import TRANSITIONS, Need, State
from desist.references import spoken
from desist.ui.tables import Cursor, Paging, Sort, page
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 100
SORTED = ("name", "number")


@dataclass(frozen=True)
class Listed:
    """One agency, and how many people were referred to it."""

    ref: str
    name: str
    needs: tuple[str, ...]
    phone: str
    how: str
    referrals: int
    added_by: str
    added_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Directory:
    """A page of the area's agencies: those on the list, or those that are no longer on it."""

    rows: tuple[Listed, ...]
    paging: Paging
    may_list: bool


@dataclass(frozen=True)
class Row:
    """One referral to an agency."""

    ref: str
    agency: str
    phone: str
    need: str
    agreed: bool
    without: str
    told: str
    state: str
    open: bool
    outcome: str
    referred_on: date
    answered_on: date | None


@dataclass(frozen=True)
class Page:
    """A person's support, the newest first."""

    episode: str
    spoken: str
    name: str
    rows: tuple[Row, ...]
    agencies: tuple[tuple[str, str], ...]
    may_refer: bool


@dataclass(frozen=True)
class One:
    """One referral, for the practitioner who records its outcome."""

    episode: str
    spoken: str
    name: str
    row: Row
    version: int
    states: tuple[tuple[str, str], ...]


def directory(
    *, actor: Actor, past: bool = False, need: str = "", sort: Sort, cursor: Cursor, at: datetime
) -> Directory:
    """Return a page of the area's agencies; `past` ones are no longer on the list, `need` is what they help with."""
    rows = gate.see(actor, Action.SEE_AGENCIES, Agency, at=at).annotate(number=Count("referrals"))
    rows = rows.filter(ended_at__isnull=not past)
    rows = rows.filter(needs__contains=[need]) if need else rows
    shown, paging = page(rows, sort=sort, cursor=cursor, size=PAGE)
    return Directory(
        rows=tuple(_listed(one, actor) for one in shown),
        paging=paging,
        may_list=actor.role in policy.rule(Action.LIST_AGENCY).roles,
    )


def agency(*, actor: Actor, ref: str, at: datetime) -> Listed:
    """Return one agency, for the colleague who ends it."""
    rows = gate.open(actor, Action.END_AGENCY, Agency, ref, at=at).annotate(number=Count("referrals"))
    return _listed(rows.get(), actor)


def support(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's support."""
    rows = gate.open(actor, Action.SEE_SUPPORT, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor)


def to_refer(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's support for the practitioner who refers."""
    rows = gate.open(actor, Action.REFER_TO_SUPPORT, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor)


def referral(*, actor: Actor, ref: str, at: datetime) -> One:
    """Return one referral to an agency."""
    rows = gate.open(actor, Action.SETTLE_SUPPORT, SupportReferral, ref, at=at)
    row = rows.select_related("episode__referral", "agency").get()
    return One(
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.episode.referral.name,
        row=_row(row),
        version=row.version,
        states=tuple((one.value, str(one.label)) for one in TRANSITIONS[State(row.state)]),
    )


def _page(row: Episode, actor: Actor) -> Page:
    found = row.support.order_by("-referred_on", "-pk").select_related("agency")
    listed = Agency.objects.filter(area=row.area, ended_at=None).order_by("name")[:PAGE]
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        rows=tuple(map(_row, found)),
        agencies=tuple(listed.values_list("ref", "name")),
        may_refer=actor.role in policy.rule(Action.REFER_TO_SUPPORT).roles,
    )


def _row(row: SupportReferral) -> Row:
    return Row(
        ref=row.ref,
        agency=row.agency.name,
        phone=row.agency.phone,
        need=Need(row.need).label,
        agreed=row.agreed,
        without=row.without,
        told=row.told,
        state=State(row.state).label,
        open=bool(TRANSITIONS[State(row.state)]),
        outcome=row.outcome,
        referred_on=row.referred_on,
        answered_on=row.answered_on,
    )


def _listed(row: Agency, actor: Actor) -> Listed:
    return Listed(
        ref=row.ref,
        name=row.name,
        needs=tuple(str(Need(one).label) for one in row.needs),
        phone=row.phone,
        how=row.how,
        referrals=getattr(row, "number", 0),
        added_by=accounts.as_read_by(actor, row.added_by),
        added_at=row.added_at,
        ended_at=row.ended_at,
    )
