"""Questions about agencies and clients referred to them, each with a frozen answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.safety.models import Need
from desist.advocacy.safety.states import Domain
from desist.advocacy.support.models import Agency, SupportNews, SupportReferral
from desist.advocacy.support.policy import Action
from desist.advocacy.support.texts import NEWS, REFERRED, Referred
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.agencies import ANSWERS_WITHIN, STALE, Answers, Basis, Capacity, Said
from desist.agencies import Need as Help
from desist.agencies.states import FOLLOWS, MAY_SAY, TRANSITIONS, State
from desist.post import partners
from desist.ui import dates
from desist.ui.todo import Line
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Question, among, day

PAGE, MOST = 200, 50


@dataclass(frozen=True)
class Listed:
    """One agency that may be referred to."""

    ref: str
    name: str
    needs: tuple[str, ...]
    helps: str
    phone: str
    hours: str
    languages: str
    how: str
    capacity: str
    kept_by: str
    checked_on: date
    stale: bool
    agreement_ended: bool


@dataclass(frozen=True)
class News:
    """One thing that an agency said, or was answered, the newest first."""

    said: str
    asks: bool
    on: date
    words: str
    by: str


@dataclass(frozen=True)
class Asked:
    """A client's need, for the advocate who refers them to an agency."""

    client: victims.Page
    need: str
    domain: str
    agencies: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """One referral of a client, what is passed on, and what the agency said."""

    client: victims.Page
    ref: str
    agency: str
    phone: str
    help: str
    domain: str
    basis: str
    reach: str
    told: str
    state: str
    open: bool
    referred_on: date
    news: tuple[News, ...]
    unread: bool
    asked: bool
    may_withdraw: bool
    version: int
    may_record: tuple[tuple[str, str], ...]
    by_post: bool
    by_link: bool  # whether the agency answers by a link, and one can be made
    link: str  # reference of its present link, "" for none
    link_until: datetime | None


def agencies(*, actor: Actor, at: datetime) -> tuple[Listed, ...]:
    """The agencies of the area, by name."""
    rows = gate.see(actor, Action.SEE_AGENCIES, Agency, at=at).filter(ended_at=None)
    today = dates.day_of(at)
    return tuple(
        Listed(
            ref=row.ref,
            name=row.name,
            needs=tuple(str(Help(one).label) for one in row.needs),
            helps=row.helps,
            phone=row.phone,
            hours=row.hours,
            languages=row.languages,
            how=row.how,
            capacity=Capacity(row.capacity).label,
            kept_by=partners.title(name=row.partner),
            checked_on=row.checked_on,
            stale=row.checked_on < today - STALE,
            agreement_ended=row.agreement_ends_on is not None and row.agreement_ends_on < today,
        )
        for row in rows.order_by("name", "pk")[:PAGE]
    )


def to_refer(*, actor: Actor, need: str, at: datetime) -> Asked:
    """A need, and the agencies to which the client may be referred."""
    rows = gate.open(actor, Action.REFER_TO_AGENCY, Need, need, at=at)
    row = rows.select_related("victim").get()
    listed = Agency.objects.filter(area=row.victim.area, ended_at=None).order_by("name", "pk")[:PAGE]
    return Asked(
        client=_client(row.victim, actor, at),
        need=row.ref,
        domain=Domain(row.domain).label,
        agencies=tuple(listed.values_list("ref", "name")),
    )


def referral(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral of a client."""
    rows = gate.open(actor, Action.SEE_SUPPORT, SupportReferral, ref, at=at)
    row = rows.select_related("need__victim", "agency").get()
    victim = row.need.victim
    box = vault.box_if_kept(person=victim.ref)
    said = boxes.unlock(box, REFERRED, row.ref, row.words, Referred) if box else Referred("", "")
    link = row.links.filter(ended_at=None).first()
    news = tuple(_news(one, row, box, actor) for one in row.news.order_by("-at", "-pk"))
    return Page(
        client=_client(victim, actor, at),
        ref=row.ref,
        agency=row.agency.name,
        phone=row.agency.phone,
        help=Help(row.help).label,
        domain=Domain(row.need.domain).label,
        basis=Basis(row.basis).label,
        reach=said.reach,
        told=said.told,
        state=State(row.state).label,
        open=bool(TRANSITIONS[State(row.state)]),
        referred_on=row.referred_on,
        news=news,
        unread=row.unread_since is not None,
        asked=bool(news) and news[0].asks and bool(TRANSITIONS[State(row.state)]),
        may_withdraw=State.WITHDRAWN in TRANSITIONS[State(row.state)],
        version=row.version,
        may_record=tuple((one.value, str(one.label)) for one in MAY_SAY[State(row.state)]),
        by_post=row.by_post,
        by_link=not row.by_post and row.agency.answers == Answers.LINK and row.agency.ended_at is None,
        link=link.ref if link else "",
        link_until=link.until if link else None,
    )


def of_needs(needs: list[int]) -> dict[int, list[tuple[str, str, str, bool]]]:
    """The referrals about needs that the gate opened: need -> reference, agency, state, whether something is to read."""
    rows = SupportReferral.objects.filter(need__in=needs).select_related("agency").order_by("referred_at")
    found: dict[int, list[tuple[str, str, str, bool]]] = {}
    for row in rows:
        line = (row.ref, row.agency.name, str(State(row.state).label), row.unread_since is not None)
        found.setdefault(row.need_id, []).append(line)
    return found


def due(*, actor: Actor, at: datetime) -> Iterator[tuple[str, Line]]:
    """What agencies said and nobody has read, and answers that are late: the client, and the line of To do."""
    asked = dates.day_of(at) - ANSWERS_WITHIN
    for row in gate.whole(actor, Action.SEE_SUPPORT, WAITING, OF_KEYS, at=at, asked=asked):
        newest = row.news.filter(by="").order_by("-at", "-pk").first() if row.unread_since else None
        yield row.need.victim.ref, _line(row, newest)


def _waiting(rows: QuerySet[SupportReferral]) -> QuerySet[Any]:
    late = Q(state=State.REFERRED, referred_on__lte=day("asked"))
    return rows.filter(~Q(unread_since=None) | late).order_by("referred_on", "pk").values_list("pk")[:MOST]


WAITING = Question(SupportReferral, _waiting)
OF_KEYS = Instances(
    lambda: SupportReferral.objects.filter(pk__in=among("keys")).order_by("referred_on", "pk"),
    *("*", "need__victim__ref", "agency__name"),
)


def _line(row: SupportReferral, newest: SupportNews | None) -> Line:
    line = Line(words="", route="support:referral", ref=row.ref, since=row.unread_since)
    name = row.agency.name
    if newest is None:
        words = f"ask {name} for its answer to the referral of {dates.on(row.referred_on)}"
        return line.but(words=words, by=row.referred_on + ANSWERS_WITHIN)
    if newest.said == Said.CONCERN:
        return line.but(words=f"{name} raised a concern: read it and ring them", overdue=True)
    if FOLLOWS.get(Said(newest.said), row.state) != row.state:
        stands = f"it stands at “{State(row.state).label}”"
        return line.but(words=f"{name} now says “{Said(newest.said).label}”, but {stands}: ring them")
    asks = newest.said == Said.ASKED
    return line.but(words=f"{name} asks a question: answer it" if asks else f"{name} answered: read it")


def _client(victim: Victim, actor: Actor, at: datetime) -> victims.Page:
    return victims.page_of(Victim.objects.filter(pk=victim.pk), actor=actor, at=at)


def _news(one: SupportNews, row: SupportReferral, box: Box | None, actor: Actor) -> News:
    sealed = bytes(one.words)
    return News(
        said=Said(one.said).label if one.said else "Your answer",
        asks=one.said == Said.ASKED and not one.by,
        on=one.on,
        words=box.open(field=NEWS, row=one.ref, sealed=sealed) if box and sealed else "",
        by=accounts.as_read_by(actor, one.by) if one.by else row.agency.name,
    )
