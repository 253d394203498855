"""Questions about partner agencies and support, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from desist.accounts import queries as accounts
from desist.agencies import STALE, Answers, Basis, Capacity, Need, Said
from desist.agencies.states import TRANSITIONS, State
from desist.post import partners
from desist.programme.episodes.models import Episode
from desist.programme.plans.support.commands import answers, may_record, ways
from desist.programme.plans.support.models import Agency, SupportOverride, SupportReferral
from desist.programme.plans.support.policy import Action
from desist.programme.plans.support.states import OverrideState
from desist.references import spoken
from desist.ui.dates import day_of
from desist.ui.tables import Cursor, Paging, Sort, page
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

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
    helps: str
    hours: str
    languages: str
    capacity: str
    kept_by: str  # the partner that keeps the entry, "" where the service lists the agency itself
    checked_on: date | None
    stale: bool
    agreement_ended: bool


@dataclass(frozen=True)
class Directory:
    """A page of the area's agencies: those on the list, or those that are no longer on it."""

    rows: tuple[Listed, ...]
    paging: Paging
    may_list: bool


@dataclass(frozen=True)
class News:
    """One thing that an agency said, or was answered (`by`), the newest first."""

    said: str
    asks: bool
    on: date
    words: str
    by: str


@dataclass(frozen=True)
class Row:
    """One referral to an agency. `unread` is whether the agency said what nobody here has read."""

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
    reach: str
    basis: str
    news: tuple[News, ...]
    unread: bool
    may_withdraw: bool
    by_post: bool  # whether the agency answers in Desist
    by_link: bool  # whether the agency answers by a link, and one can be made
    link: str  # reference of its present link, "" for none
    link_until: datetime | None


@dataclass(frozen=True)
class Asked:
    """One referral that the person said no to. `mine` is whether the actor asked for it, so that another has to decide."""

    ref: str
    version: int
    episode: str
    spoken: str
    name: str
    agency: str
    need: str
    basis: str
    without: str
    told: str
    reach: str
    state: str
    waits: bool
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    why: str
    mine: bool
    may_decide: bool


@dataclass(frozen=True)
class Page:
    """A person's support, the newest first."""

    episode: str
    spoken: str
    name: str
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    agencies: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]
    may_refer: bool


@dataclass(frozen=True)
class One:
    """One referral, for the practitioner who records its outcome."""

    episode: str
    spoken: str
    name: str
    row: Row
    version: int
    may_record: tuple[tuple[str, str], ...]


def directory(
    *, actor: Actor, past: bool = False, need: str = "", sort: Sort, cursor: Cursor, at: datetime
) -> Directory:
    """Return a page of the area's agencies; `past` ones are no longer on the list, `need` is what they help with."""
    rows = gate.see(actor, Action.SEE_AGENCIES, Agency, at=at).annotate(number=Count("referrals"))
    rows = rows.filter(ended_at__isnull=not past)
    rows = rows.filter(needs__contains=[need]) if need else rows
    shown, paging = page(rows, sort=sort, cursor=cursor, size=PAGE)
    return Directory(
        rows=tuple(_listed(one, actor, at) for one in shown),
        paging=paging,
        may_list=actor.role in policy.rule(Action.LIST_AGENCY).roles,
    )


def agency(*, actor: Actor, ref: str, at: datetime) -> Listed:
    """Return one agency, for the colleague who ends it."""
    rows = gate.open(actor, Action.END_AGENCY, Agency, ref, at=at).annotate(number=Count("referrals"))
    return _listed(rows.get(), actor, at)


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
    return _one(rows.select_related("episode__referral", "agency").get(), actor)


def _one(row: SupportReferral, actor: Actor) -> One:
    return One(
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.episode.referral.name,
        row=_row(row, actor),
        version=row.version,
        may_record=tuple((one.value, str(one.label)) for one in may_record(State(row.state))),
    )


def news(*, actor: Actor, ref: str, at: datetime) -> One:
    """Return one referral, for the practitioner who reads what the agency says."""
    rows = gate.open(actor, Action.READ_SUPPORT_NEWS, SupportReferral, ref, at=at)
    return _one(rows.select_related("episode__referral", "agency").get(), actor)


def to_withdraw(*, actor: Actor, ref: str, at: datetime) -> One:
    """Return one referral, for the practitioner who withdraws it."""
    rows = gate.open(actor, Action.WITHDRAW_SUPPORT, SupportReferral, ref, at=at)
    return _one(rows.select_related("episode__referral", "agency").get(), actor)


def waits(asked: Any) -> Q:  # noqa: ANN401 -- a day, or its place in a statement
    """Whether an agency said what nobody has read, or owes an answer to a referral of the day `asked` or before."""
    return ~Q(unread_since=None) | Q(state=State.REFERRED, referred_on__lte=asked)


def _page(row: Episode, actor: Actor) -> Page:
    found = (
        row.support.order_by("-referred_on", "-pk").select_related("agency").prefetch_related("news", "links")
    )
    without = row.support_overrides.filter(referral=None).order_by("-asked_at", "-pk")
    without = without.select_related("episode__referral", "agency")
    listed = Agency.objects.filter(area=row.area, ended_at=None).order_by("name")[:PAGE]
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        rows=tuple(_row(one, actor) for one in found),
        asked=tuple(asked(one, actor) for one in without),
        agencies=tuple(listed.values_list("ref", "name")),
        ways=tuple(ways(row.referral).items()),
        may_refer=actor.role in policy.rule(Action.REFER_TO_SUPPORT).roles,
    )


def _row(row: SupportReferral, actor: Actor) -> Row:
    link = next((one for one in row.links.all() if one.ended_at is None), None)
    news = sorted(row.news.all(), key=lambda one: (one.at, one.pk), reverse=True)
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
        reach=row.reach,
        basis=Basis(row.basis).label if row.basis else "",
        news=tuple(
            News(
                said=Said(one.said).label if one.said else "Your answer",
                asks=one.said == Said.ASKED and not one.by,
                on=one.on,
                words=one.words,
                by=accounts.as_read_by(actor, one.by) if one.by else row.agency.name,
            )
            for one in news
        ),
        unread=row.unread_since is not None,
        may_withdraw=State.WITHDRAWN in TRANSITIONS[State(row.state)],
        by_post=bool(row.thread),
        by_link=answers(row.agency) is Answers.LINK and row.agency.ended_at is None,
        link=link.ref if link else "",
        link_until=link.until if link else None,
    )


def asked(row: SupportOverride, actor: Actor) -> Asked:
    """A referral that the person said no to, as a page shows it."""
    return Asked(
        ref=row.ref,
        version=row.version,
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.episode.referral.name,
        agency=row.agency.name,
        need=Need(row.need).label,
        basis=Basis(row.basis).label,
        without=row.without,
        told=row.told,
        reach=row.reach,
        state=OverrideState(row.state).label,
        waits=row.state == OverrideState.WAITING,
        asked_by=accounts.as_read_by(actor, row.asked_by),
        asked_at=row.asked_at,
        decided_by=accounts.as_read_by(actor, row.decided_by) if row.decided_by else "",
        decided_at=row.decided_at,
        why=row.why,
        mine=row.state == OverrideState.WAITING and are_one_person(actor.who, row.asked_by),
        may_decide=policy.opens(actor.role, "overrides:decide"),
    )


def _listed(row: Agency, actor: Actor, at: datetime) -> Listed:
    today = day_of(at)
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
        helps=row.helps,
        hours=row.hours,
        languages=row.languages,
        capacity=Capacity(row.capacity).label if row.capacity else "",
        kept_by=partners.title(name=row.partner) if row.partner else "",
        checked_on=row.checked_on,
        stale=row.checked_on is not None and row.checked_on < today - STALE,
        agreement_ended=row.agreement_ends_on is not None and row.agreement_ends_on < today,
    )
