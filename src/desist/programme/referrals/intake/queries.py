"""Questions about referrals that are typed in here, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from desist.accounts import queries as accounts
from desist.accounts.models import Account
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.intake.policy import Action
from desist.programme.referrals.models import Referral
from desist.references import spoken
from desist.referral import answers as asked
from desist.referral.lists import DiscardReason
from desist.ui import dates
from desist.ui.tables import Cursor, Paging, Sort
from desist.ui.tables import page as stretch
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Question, Slot, moment

NEWEST = Sort("started_at", descending=True)
#: how long the author of a draft is told that a colleague discarded it
TOLD_FOR = timedelta(days=14)
MOST = 50
LAST_DISCARDED = Sort("discarded_at", descending=True)


@dataclass(frozen=True)
class DraftRow:
    """One draft."""

    ref: str
    spoken: str
    name: str
    started_at: datetime
    finished: int
    parts: int


@dataclass(frozen=True)
class Listed:
    """One page of drafts, the newest first; `may_import` says whether a whole table may be brought in."""

    rows: tuple[DraftRow, ...]
    paging: Paging
    may_import: bool


@dataclass(frozen=True)
class Discarded:
    """One discarded draft: who began it, who discarded it, when and why. No word of it is left."""

    ref: str
    spoken: str
    started_by: str
    started_at: datetime
    discarded_by: str
    discarded_at: datetime | None
    reason: str


@dataclass(frozen=True)
class Task:
    """One section as the task list shows it: done, started or todo."""

    key: str
    title: str
    state: str


@dataclass(frozen=True)
class DraftPage:
    """One draft with its answers."""

    ref: str
    spoken: str
    name: str
    version: int
    taken_in: bool
    discarded: str  # who discarded it, when and why; "" while it stands
    may_discard: bool  # whether the actor may discard it
    told: str
    came_on: date | None  # the day on which it came by the form for referrers without an account
    tasks: tuple[Task, ...]
    files: tuple[str, ...]  # by name, the newest last
    answers: Mapping[str, Any]
    #: (key, title, ((field, answer in words), ...)) of every section
    sections: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]

    @property
    def finished(self) -> bool:
        """Whether it can be taken in."""
        return all(task.state == "done" for task in self.tasks)


@dataclass(frozen=True)
class Told:
    """A referral, whether a partner can still be named for it, and the partners to choose from."""

    ref: str
    spoken: str
    name: str
    open: bool
    partners: tuple[tuple[str, str], ...]


def partners(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the partners who are told by telephone what was decided, as (name, title)."""
    found = Partner.objects.filter(
        zone="partnership", transport=Transport.BY_HAND, ended_at=None, area__in=["", actor.area]
    )
    return tuple(found.order_by("title").values_list("name", "title"))


def to_tell(*, actor: Actor, ref: str, at: datetime) -> Told:
    """Return a referral, to choose which partner is told of it."""
    row = gate.open(actor, Action.SAY_WHO_IS_TOLD, Referral, ref, at=at).get()
    name = f"{row.given_names} {row.family_name}"
    return Told(row.ref, spoken(row.ref), name, row.may_be_told, partners(actor=actor))


def drafts(*, actor: Actor, cursor: Cursor, at: datetime) -> Listed:
    """Return the drafts that are begun and not taken in."""
    rows = gate.see(actor, Action.SEE_INTAKE, Draft, at=at).filter(referral=None, discarded_at=None)
    found, paging = stretch(rows, sort=NEWEST, cursor=cursor)
    may_import = policy.opens(actor.role, "imports:table")
    return Listed(tuple(_row(row) for row in found), paging, may_import)


def discarded(*, actor: Actor, cursor: Cursor, at: datetime) -> tuple[tuple[Discarded, ...], Paging]:
    """Return discarded drafts, the last first: all for a manager, for others those that they began."""
    rows = gate.see(actor, Action.SEE_DISCARDED, Draft, at=at).filter(discarded_at__isnull=False)
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


def discarded_by_others(*, actor: Actor, at: datetime) -> tuple[tuple[str, str, datetime], ...]:
    """Return the actor's drafts that a colleague discarded in the last days: reference, name, when."""
    found = gate.within(actor, Action.SEE_DISCARDED, BY_OTHERS, since=at - TOLD_FOR)
    return tuple((ref, by, when) for ref, by, when in found)


def _by_others(rows: QuerySet[Draft]) -> QuerySet[Any]:
    rows = rows.filter(started_by=Slot("who"), discarded_at__gt=moment("since")).exclude(
        discarded_by=Slot("who")
    )
    name = Account.objects.filter(ref=OuterRef("discarded_by")).values("name")[:1]
    named = rows.annotate(who=Coalesce(Subquery(name), Value("a colleague"))).order_by("discarded_at", "pk")
    return named.values_list("ref", "who", "discarded_at")[:MOST]


BY_OTHERS = Question(Draft, _by_others)


def draft(*, actor: Actor, ref: str, at: datetime) -> DraftPage:
    """One draft."""
    row = gate.open(actor, Action.SEE_DRAFT, Draft, ref, at=at).get()
    answers = asked.from_json(row.answers)
    told = Partner.objects.filter(name=row.partner).values_list("title", flat=True).first()
    return DraftPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=_name(answers),
        version=row.version,
        taken_in=row.referral_id is not None,
        discarded=_discarded(row),
        may_discard=_may_discard(row, actor),
        told=told or "",
        came_on=dates.day_of(row.came_at) if row.came_at else None,
        tasks=tuple(Task(one.key, one.title, one.state(answers)) for one in asked.SECTIONS),
        files=tuple(row.enclosures.order_by("added_at", "pk").values_list("name", flat=True)),
        answers=MappingProxyType(answers),
        sections=asked.told(answers),
    )


def _row(row: Draft) -> DraftRow:
    answers = asked.from_json(row.answers)
    states = [section.state(answers) for section in asked.SECTIONS]
    return DraftRow(
        row.ref, spoken(row.ref), _name(answers), row.started_at, states.count("done"), len(asked.SECTIONS)
    )


def _may_discard(row: Draft, actor: Actor) -> bool:
    theirs = policy.rule(Action.DISCARD_INTAKE).scope(actor)
    return Draft.objects.filter(theirs, pk=row.pk).exists()


def _discarded(row: Draft) -> str:
    if row.discarded_at is None:
        return ""
    who = accounts.name(ref=row.discarded_by)
    return f"by {who}, {dates.at(row.discarded_at)}: {DiscardReason(row.discard_reason).label}"


def _name(answers: asked.Answers) -> str:
    return f"{answers['given_names']} {answers['family_name']}".strip() or "No name yet"
