"""Questions about referrals, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from desist.accounts.models import Account
from desist.merges import queries as merges
from desist.merges.queries import Joined
from desist.post.models import Partner
from desist.programme import clocks
from desist.programme.referrals import changes, judged, news
from desist.programme.referrals.models import KEYS, Referral, name_order
from desist.programme.referrals.policy import Action
from desist.programme.referrals.states import TRANSITIONS, DeclineReason, Happened, State
from desist.references import spoken
from desist.referral import alike as similar
from desist.referral import answers as asked
from desist.referral.finding import Wanted, keyed
from desist.referral.lists import WithdrawReason
from desist.ui import dates
from desist.ui.tables import Cursor, Paging, Sort, page
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50
SORTED = ("person", "received_at", "completed_at")
#: what a decision can end in
OUTCOMES = (State.ACCEPTED, State.CONSULTATION, State.DECLINED)


@dataclass(frozen=True)
class ReferralRow:
    """One line of a list."""

    ref: str
    spoken: str
    name: str
    received_at: datetime
    clock: clocks.DayCount
    state: str
    waits: bool


@dataclass(frozen=True)
class Narrowed:
    """Which referrals are listed: those in a state, by route and by kind of referrer; "" filters nothing."""

    state: State
    route: str = ""
    referrer: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    what: str
    detail: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Alike:
    """A referral that may be about the same person, and why."""

    ref: str
    spoken: str
    name: str
    state_label: str
    received_at: datetime
    why: str


@dataclass(frozen=True)
class ReferralPage:
    """Everything that a manager reads before deciding, and the practitioner afterwards."""

    ref: str
    spoken: str
    name: str
    born: date
    age: int
    state: str
    state_label: str
    version: int
    waits: bool
    episode: str | None
    spoken_person: str  # the reference of the person's page
    unread_since: datetime | None
    news: news.Asked | None  # what asks for an answer
    may_read: bool  # and say so
    clock: clocks.DayCount
    completed_at: datetime
    received_at: datetime
    partner: str
    proceedings: str
    may_be_told: bool  # whether a partner may still be named for it
    may_be: tuple[str, ...]  # the outcomes that the actor may decide on
    #: (key, title, ((field, answer in words), ...)) of every section
    sections: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    timeline: tuple[Line, ...]
    files: int
    open_concern: bool
    since: changes.Since  # it came
    judgements: judged.Judgements
    alike: tuple[Alike, ...]
    joined: Joined | None  # with another record of the person
    withdraw_reason: str
    decline_reason: str
    decision_note: str
    decided_at: datetime | None


def referrals(
    *, actor: Actor, narrowed: Narrowed, sort: Sort, cursor: Cursor, at: datetime
) -> tuple[tuple[ReferralRow, ...], Paging]:
    """Return a page of the area's referrals in a state, and how the list goes on."""
    rows = gate.see(actor, Action.SEE_REFERRALS, Referral, at=at).filter(state=narrowed.state)
    rows = rows.filter(route=narrowed.route) if narrowed.route else rows
    rows = rows.filter(referrer_kind=narrowed.referrer) if narrowed.referrer else rows
    named = rows.annotate(person=name_order("family_name"))
    shown, paging = page(named, sort=sort, cursor=cursor, size=PAGE)
    return _rows(shown, at), paging


def usual_order(state: State) -> str:
    """Return how a list begins: waiting ones by how long, decided ones from the newest on."""
    return "completed_at" if state is State.RECEIVED else "-completed_at"


def matching(rows: QuerySet[Referral], wanted: Wanted) -> QuerySet[Referral]:
    """Return those of these referrals that match a search; a text that is not a known reference counts as a name.

    A name with a letter wrong, or the middle of one, counts where no name begins so: the list is no longer than it must be.
    """
    if wanted.born:
        return rows.filter(born=wanted.born)
    if wanted.key:
        return rows.filter(keyed(KEYS, wanted.key))
    known = rows.filter(Q(ref=wanted.ref) | Q(episode__ref=wanted.ref)) if wanted.ref else rows.none()
    if known.exists():
        return known
    begun = rows.filter(keyed(KEYS, wanted.begun))
    return begun if begun.exists() else rows.filter(keyed(KEYS, wanted.near))


def _rows(rows: Iterable[Referral], at: datetime) -> tuple[ReferralRow, ...]:
    return tuple(
        ReferralRow(
            ref=row.ref,
            spoken=spoken(row.ref),
            name=f"{row.given_names} {row.family_name}",
            received_at=row.received_at,
            clock=clocks.allocation(complete_at=row.completed_at, now=at),
            state=State(row.state).label,
            waits=row.state == State.RECEIVED,
        )
        for row in rows
    )


def referral(*, actor: Actor, ref: str, at: datetime) -> ReferralPage:
    """One referral, whole."""
    row = _whole(gate.open(actor, Action.SEE_REFERRAL, Referral, ref, at=at)).get()
    episode = getattr(row, "episode", None)
    decides = actor.role in policy.rule(Action.SEE_REFERRALS).roles
    return ReferralPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.given_names} {row.family_name}",
        born=row.born,
        age=dates.years_between(row.born, dates.day_of(at)),
        state=row.state,
        state_label=State(row.state).label,
        version=row.version,
        waits=row.state == State.RECEIVED,
        episode=episode.ref if episode else None,
        spoken_person=spoken(episode.ref) if episode else "",
        unread_since=row.unread_since if row.on_programme else None,
        news=news.asked(row, actor) if row.on_programme and row.unread_since else None,
        may_read=actor.role in policy.rule(Action.READ_CHANGES).roles,
        clock=clocks.allocation(complete_at=row.completed_at, now=at),
        completed_at=row.completed_at,
        received_at=row.received_at,
        partner=(title := _title(row.partner)),
        proceedings=asked.words("proceedings", row.proceedings),
        may_be_told=decides and row.may_be_told,
        may_be=_may_be(row) if decides else (),
        sections=asked.told(asked.of(row)),
        files=row.attachments.count(),
        open_concern=bool(getattr(row, "worries", 0)),
        timeline=_timeline(row, title),
        since=changes.since(row, actor),
        judgements=judged.judgements(row, actor),
        alike=others(actor, row, at) if decides else (),
        joined=merges.joined(row),
        withdraw_reason=WithdrawReason(row.withdraw_reason).label if row.withdraw_reason else "",
        decline_reason=DeclineReason(row.decline_reason).label if row.decline_reason else "",
        decision_note=row.decision_note,
        decided_at=row.decided_at,
    )


def _whole(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    open_concerns = Count("concerns", filter=Q(concerns__closed_at=None))
    return rows.select_related("episode", "own_contact").annotate(worries=open_concerns, merged=merges.MERGED)


def of_person(*, actor: Actor, episode: str, at: datetime) -> ReferralPage:
    """The referral of a person on the programme."""
    rows = gate.see(actor, Action.SEE_REFERRAL, Referral, at=at).filter(episode__ref=episode)
    return referral(actor=actor, ref=rows.values_list("ref", flat=True).first() or "", at=at)


def alike(*, actor: Actor, person: similar.Person, at: datetime) -> tuple[Alike, ...]:
    """Return referrals of the actor's area that may be about the person, the newest first."""
    rows = gate.see(actor, Action.LOOK_UP_REFERRALS, Referral, at=at)
    return _alike(rows.filter(similar.condition(person)), person)


def _may_be(row: Referral) -> tuple[str, ...]:
    return tuple(one.value for one in TRANSITIONS[State(row.state)] if one in OUTCOMES)


def others(actor: Actor, row: Referral, at: datetime) -> tuple[Alike, ...]:
    """Return other referrals that may be about the person of this one, for a manager."""
    person = similar.Person(row.given_names, row.family_name, row.born, row.pnc)
    rows = gate.see(actor, Action.SEE_REFERRALS, Referral, at=at).exclude(pk=row.pk)
    return _alike(rows.filter(similar.condition(person)), person)


def _alike(rows: QuerySet[Referral], person: similar.Person) -> tuple[Alike, ...]:
    return tuple(
        Alike(
            ref=row.ref,
            spoken=spoken(row.ref),
            name=f"{row.given_names} {row.family_name}",
            state_label=str(State(row.state).label),
            received_at=row.received_at,
            why=similar.why(row, person),
        )
        for row in rows.order_by("-received_at", "ref")[: similar.MOST]
    )


def _title(partner: str) -> str:
    if not partner:
        return "No referrer is linked (entered by this service)"
    return Partner.objects.filter(name=partner).values_list("title", flat=True).first() or partner


def _timeline(row: Referral, referrer: str) -> tuple[Line, ...]:
    found = list(row.happenings.order_by("-at", "-pk"))
    names = dict(Account.objects.filter(ref__in={one.by for one in found}).values_list("ref", "name"))
    return tuple(
        Line(
            what=str(Happened(one.what).label),
            detail=one.detail,
            by=names.get(one.by, one.by) or ("the police" if one.what == Happened.JUDGED else referrer),
            at=one.at,
        )
        for one in found
    )
