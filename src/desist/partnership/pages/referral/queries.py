"""Questions about referrals on the police side, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf, Upper

from desist import codes
from desist.accounts import queries as accounts
from desist.partnership.orders import standing
from desist.partnership.orders.standing import Standing
from desist.partnership.pairs import commands as pairs
from desist.partnership.policy import POLICE
from desist.partnership.referrals import progress
from desist.partnership.referrals.models import Happening, Referral
from desist.partnership.referrals.policy import Action
from desist.partnership.referrals.states import FOLLOWED, TRANSITIONS, UNSENT, Happened, News, State
from desist.post.models import Partner
from desist.references import spoken
from desist.referral import alike as similar
from desist.referral import answers as asked
from desist.referral.lists import DiscardReason, Referrer
from desist.ui import words
from desist.ui.dates import day_of
from desist.ui.tables import Cursor, Paging, Sort
from desist.ui.tables import page as stretch
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question

LAST_DISCARDED = Sort("discarded_at", descending=True)
#: the most referrals that one page gives
MOST_GIVEN = 100
SORTED = ("person", "started_at", "attended")
#: the states that the list of referrals shows: discarded drafts have a list of their own
LISTED = tuple((one.value, str(one.label)) for one in State if one is not State.DISCARDED)


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    ref: str
    spoken: str
    name: str
    state: str
    state_label: str
    started_at: datetime
    stage: str
    ended: str


@dataclass(frozen=True)
class ToGive:
    """Referrals that can be given to a colleague, and to whom; both as choices."""

    referrals: tuple[tuple[str, str], ...]
    colleagues: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Narrowed:
    """Which referrals are listed: by state, how far the person has come, and who began them; "" filters nothing."""

    state: str = ""
    stage: str = ""
    started_by: str = ""


@dataclass(frozen=True)
class Listed:
    """One page of the list."""

    rows: tuple[Row, ...]
    paging: Paging


@dataclass(frozen=True)
class Alike:
    """A referral that may be about the same person, and the reason."""

    ref: str
    spoken: str
    name: str
    state_label: str
    started_at: datetime
    why: str


@dataclass(frozen=True)
class Discarded:
    """One discarded draft: who began it, who discarded it, when and why. No word of the draft is left."""

    ref: str
    spoken: str
    started_by: str
    started_at: datetime
    discarded_by: str
    discarded_at: datetime
    reason: str


@dataclass(frozen=True)
class Task:
    """One section in the task list: done, started or todo."""

    key: str
    title: str
    state: str


@dataclass(frozen=True)
class Report:
    """One version of the programme's exit report; `current` while no later one took its place."""

    ref: str
    number: int
    signed_at: datetime
    received_at: datetime
    current: bool


@dataclass(frozen=True)
class Page:
    """One referral with its answers in words, and how far it is."""

    ref: str
    spoken: str
    name: str
    state: str
    state_label: str
    version: int
    is_draft: bool
    is_discarded: bool
    may_discard: bool  # the actor
    is_under_way: bool
    programme: str
    tasks: tuple[Task, ...]
    answers: Mapping[str, Any]
    #: (key, title, ((field, answer in words), ...)) of every section
    sections: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    sent_at: datetime | None
    stage: str
    attended: int
    missed: int
    planned: str  # how many, and on which days the next and the last of them are
    progress_at: datetime | None
    ended: str  # "Left" or "Completed" once the programme has ended for the person
    allocate_by: date | None  # while the programme has not answered
    # What no form about a referral reads.
    timeline: tuple[progress.Line, ...] = ()
    #: the programme's news that the actor has not read, the newest first: (key, words)
    news: tuple[tuple[int, str], ...] = ()
    files: int = 0
    held: int = 0  # how many files wait until a second person releases them
    reports: tuple[Report, ...] = ()  # the newest first
    #: (section key, section title, words that may name the victim there)
    names_victim: tuple[tuple[str, str, str], ...] = ()
    orders: tuple[Standing, ...] = ()
    victim_referred: bool = False

    @property
    def finished(self) -> bool:
        """Whether the draft can be sent."""
        return all(task.state == "done" for task in self.tasks)


def referrals(*, actor: Actor, narrowed: Narrowed, sort: Sort, cursor: Cursor, at: datetime) -> Listed:
    """Return a page of the area's referrals, drafts included, in one state or in any."""
    rows = gate.see(actor, Action.SEE_REFERRALS, Referral, at=at).exclude(state=State.DISCARDED)
    for name, said in asdict(narrowed).items():
        rows = rows.filter(**{name: said}) if said else rows
    named = rows.annotate(person=Upper("family_name"))
    found, paging = stretch(named, sort=sort, cursor=cursor)
    return Listed(tuple(_row(row) for row in found), paging)


def discarded(*, actor: Actor, cursor: Cursor, at: datetime) -> tuple[tuple[Discarded, ...], Paging]:
    """Discarded drafts, the last first: a force lead sees all, other officers those that they began."""
    rows = ended_drafts(gate.see(actor, Action.SEE_DISCARDED, Referral, at=at))
    found, paging = stretch(rows, sort=LAST_DISCARDED, cursor=cursor)
    names = accounts.names(refs={who for row in found for who in (row.started_by, row.discarded_by)})
    return tuple(
        Discarded(
            ref=row.ref,
            spoken=spoken(row.ref),
            started_by=names.get(row.started_by, row.started_by),
            started_at=row.started_at,
            discarded_by=names.get(row.discarded_by, row.discarded_by),
            discarded_at=row.discarded_at,
            reason=str(DiscardReason(row.discard_reason).label),
        )
        for row in found
    ), paging


def ended_drafts(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """The discarded drafts among these rows, with the account and the time that their timelines give."""
    ends = Happening.objects.filter(referral=OuterRef("pk"), what=Happened.DISCARDED).order_by("-at", "-pk")
    ended = rows.filter(state=State.DISCARDED).annotate(
        discarded_by=Subquery(ends.values("by")[:1]), discarded_at=Subquery(ends.values("at")[:1])
    )
    return ended.filter(discarded_at__isnull=False)


def read_by(*, rows: QuerySet[Referral], who: str, lead_of: str) -> QuerySet[Referral]:
    """Referrals that an account sent; for the lead of area `lead_of` also those of people who no longer work there."""
    if not lead_of:
        return sent_by(rows, who)
    return not_sent_by(rows, others_at_work(area=lead_of, who=who))


def sent_by(rows: QuerySet[Referral], who: str) -> QuerySet[Referral]:
    """Referrals that an account sent."""
    return _with_sender(rows).filter(sender=who)


def not_sent_by(rows: QuerySet[Referral], senders: Any) -> QuerySet[Referral]:  # noqa: ANN401 -- values, or their slot
    """Referrals that none of these accounts sent."""
    return _with_sender(rows).exclude(sender__in=senders)


def news_is_for(actor: Actor) -> Q:
    """Referrals whose news the actor reads: those that they sent; for a force lead those of people who left."""
    every = Referral.objects.all()
    if actor.role is Role.FORCE_LEAD:
        return Q(pk__in=not_sent_by(every, others_at_work(area=actor.area, who=actor.who)).values("pk"))
    return Q(pk__in=sent_by(every, actor.who).values("pk"))


def others_at_work(*, area: str, who: str) -> list[str]:
    """The accounts that work for the police of an area, without one of them."""
    here = [one for one in accounts.everybody_at_work() if one.area == area and one.role in POLICE]
    return sorted({one.account for one in here} - {who})


def _with_sender(rows: QuerySet[Referral]) -> QuerySet[Any]:
    sent = Happening.objects.filter(referral=OuterRef("pk"), what=Happened.SENT).order_by("-at", "-pk")
    held = NullIf(F("held_by"), Value(""))
    return rows.annotate(sender=Coalesce(held, Subquery(sent.values("by")[:1]), F("started_by")))


def to_give(*, actor: Actor, at: datetime) -> ToGive:
    """The referrals that the actor may give to a colleague, the oldest first, and the colleagues by name."""
    found = gate.read(actor, Action.GIVE_REFERRALS, GIVEN, at=at)
    others = others_at_work(area=actor.area, who=actor.who)
    names = accounts.names(refs=[*others, *(sender for *_, sender in found)])
    referrals = tuple(
        (ref, f"{given_names} {family_name}, {spoken(ref)}: {names.get(sender, 'a colleague')}")
        for ref, given_names, family_name, sender in found
    )
    colleagues = sorted(((ref, names[ref]) for ref in others), key=lambda one: one[1])
    return ToGive(referrals=referrals, colleagues=tuple(colleagues))


def _given(rows: QuerySet[Referral]) -> QuerySet[Any]:
    followed = _with_sender(rows.filter(state__in=FOLLOWED)).order_by("sent_at", "pk")
    return followed.values_list("ref", "given_names", "family_name", "sender")[:MOST_GIVEN]


GIVEN = Question(Referral, _given)


def alike(*, actor: Actor, person: similar.Person, at: datetime) -> tuple[Alike, ...]:
    """Referrals of the actor's area that may be about the same person, the newest first."""
    rows = gate.see(actor, Action.SEE_REFERRALS, Referral, at=at).filter(similar.condition(person))
    return tuple(
        Alike(
            ref=row.ref,
            spoken=spoken(row.ref),
            name=_name(row),
            state_label=str(State(row.state).label),
            started_at=row.started_at,
            why=similar.why(row, person),
        )
        for row in rows.exclude(state=State.DISCARDED).order_by("-started_at", "ref")[: similar.MOST]
    )


def referral(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral."""
    row = _open(actor, ref, at)
    page = _page(row, actor)
    return replace(
        page,
        files=row.attachments.count(),
        held=row.attachments.filter(held=True, released_at=None).count(),
        reports=_reports(row),
        names_victim=() if row.state in UNSENT else _names_victim(row),
        timeline=progress.timeline(row, page.programme),
        news=() if row.state in UNSENT else _unread(row, actor),
        orders=standing.of_referral(actor=actor, referral=row, at=at),
        victim_referred=row.victim_referrals.exists(),
    )


def answered(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral for a form about it: its answers, without files, reports, news, orders and what happened."""
    return _page(_open(actor, ref, at), actor)


def _open(actor: Actor, ref: str, at: datetime) -> Referral:
    return gate.open(actor, Action.SEE_REFERRAL, Referral, ref, at=at).get()


def _page(row: Referral, actor: Actor) -> Page:
    answers = asked.of(row)
    title = Partner.objects.filter(name=row.programme).values_list("title", flat=True).first()
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=_name(row),
        state=row.state,
        state_label=str(State(row.state).label),
        version=row.version,
        is_draft=row.state == State.DRAFT,
        is_discarded=row.state == State.DISCARDED,
        may_discard=row.state == State.DRAFT and _may_discard(row, actor),
        is_under_way=State.WITHDRAWN in TRANSITIONS[State(row.state)],
        programme=title or row.programme,
        tasks=tuple(Task(one.key, one.title, one.state(answers)) for one in asked.SECTIONS),
        answers=MappingProxyType(answers),
        sections=asked.told(answers),
        sent_at=row.sent_at,
        stage=str(codes.Stage(row.stage).label) if row.stage else "",
        attended=row.attended,
        missed=row.missed,
        planned=progress.planned(row),
        progress_at=row.progress_at,
        ended=progress.ended(row),
        allocate_by=(
            day_of(row.sent_at) + timedelta(days=codes.ALLOCATION_DAYS)
            if row.sent_at and row.state == State.SENT
            else None
        ),
    )


def own_contact(*, actor: Actor, at: datetime) -> dict[str, Any]:
    """Whom to contact about the officer's next referral: the officer, as in their last one."""
    name = accounts.name(ref=actor.who)
    rows = gate.see(actor, Action.SEE_REFERRALS, Referral, at=at)
    theirs = rows.filter(started_by=actor.who, referrer_name=name).exclude(referrer_phone="")
    found = theirs.order_by("-started_at").values(*asked.BY_KEY["contact"].names).first()
    return found or {"referrer_kind": Referrer.POLICE.value, "referrer_name": name}


def _may_discard(row: Referral, actor: Actor) -> bool:
    theirs = policy.rule(Action.DISCARD_REFERRAL).scope(actor)
    return Referral.objects.filter(theirs, pk=row.pk).exists()


def _unread(row: Referral, actor: Actor) -> tuple[tuple[int, str], ...]:
    found = list(row.news.filter(read_at=None).order_by("-came_at", "-pk").values_list("pk", "what"))
    lead_of = actor.area if actor.role is Role.FORCE_LEAD else ""
    itself = Referral.objects.filter(pk=row.pk)
    if not found or not read_by(rows=itself, who=actor.who, lead_of=lead_of).exists():
        return ()
    return tuple((key, str(News(what).label)) for key, what in found)


def _row(row: Referral) -> Row:
    return Row(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=_name(row),
        state=row.state,
        state_label=str(State(row.state).label),
        started_at=row.started_at,
        stage=progress.attended(row),
        ended=progress.ended(row),
    )


def _reports(row: Referral) -> tuple[Report, ...]:
    found = list(row.exit_reports.defer("sealed").order_by("-number"))
    return tuple(
        Report(one.ref, one.number, one.signed_at, one.received_at, place == 0)
        for place, one in enumerate(found)
    )


def _names_victim(row: Referral) -> tuple[tuple[str, str, str], ...]:
    found = pairs.named(row)
    return tuple(
        (section.key, section.title, words.said(found[name]))
        for section in asked.SECTIONS
        for name in section.names
        if name in found
    )


def _name(row: Referral) -> str:
    return f"{row.given_names} {row.family_name}".strip() or "No name yet"
