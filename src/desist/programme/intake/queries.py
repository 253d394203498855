"""Questions about referrals that are typed in here, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desist.accounts import queries as accounts
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.intake.models import Draft
from desist.programme.policy import Action
from desist.programme.referrals.models import Referral
from desist.references import spoken
from desist.referral import answers as asked
from desist.referral.lists import DiscardReason
from desist.ui import dates
from desist.ui.tables import Cursor, Paging, Sort
from desist.ui.tables import page as stretch
from desist.wall import gate, policy
from desist.wall.actors import Actor

NEWEST = Sort("started_at", descending=True)


@dataclass(frozen=True)
class Row:
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

    rows: tuple[Row, ...]
    paging: Paging
    may_import: bool


@dataclass(frozen=True)
class Task:
    """One section as the task list shows it: done, started or todo."""

    key: str
    title: str
    state: str


@dataclass(frozen=True)
class Page:
    """One draft with its answers."""

    ref: str
    spoken: str
    name: str
    version: int
    taken_in: bool
    discarded: str  # by whom, when and why; "" while it stands
    told: str
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
    """A referral, whether somebody can still be named who hears of it, and who there is."""

    ref: str
    spoken: str
    name: str
    open: bool
    partners: tuple[tuple[str, str], ...]


def partners(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Whom one can tell by telephone what was decided, as (name, title); the software of others knows nothing of it."""
    found = Partner.objects.filter(
        zone="partnership", transport=Transport.BY_HAND, ended_at=None, area__in=["", actor.area]
    )
    return tuple(found.order_by("title").values_list("name", "title"))


def to_tell(*, actor: Actor, ref: str, at: datetime) -> Told:
    """A referral for whoever says who is told."""
    row = gate.open(actor, Action.SAY_WHO_IS_TOLD, Referral, ref, at=at).get()
    name = f"{row.given_names} {row.family_name}"
    return Told(row.ref, spoken(row.ref), name, row.may_be_told, partners(actor=actor))


def drafts(*, actor: Actor, cursor: Cursor, at: datetime) -> Listed:
    """What is begun and not taken in."""
    rows = gate.see(actor, Action.SEE_INTAKE, Draft, at=at).filter(referral=None, discarded_at=None)
    found, paging = stretch(rows, sort=NEWEST, cursor=cursor)
    may_import = actor.role in policy.rule(Action.IMPORT_REFERRALS).roles
    return Listed(tuple(_row(row) for row in found), paging, may_import)


def draft(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One draft."""
    row = gate.open(actor, Action.SEE_DRAFT, Draft, ref, at=at).get()
    answers = asked.from_json(row.answers)
    told = Partner.objects.filter(name=row.partner).values_list("title", flat=True).first()
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=_name(answers),
        version=row.version,
        taken_in=row.referral_id is not None,
        discarded=_discarded(row),
        told=told or "",
        tasks=tuple(Task(one.key, one.title, one.state(answers)) for one in asked.SECTIONS),
        files=tuple(row.enclosures.order_by("added_at", "pk").values_list("name", flat=True)),
        answers=MappingProxyType(answers),
        sections=asked.told(answers),
    )


def _row(row: Draft) -> Row:
    answers = asked.from_json(row.answers)
    states = [section.state(answers) for section in asked.SECTIONS]
    return Row(
        row.ref, spoken(row.ref), _name(answers), row.started_at, states.count("done"), len(asked.SECTIONS)
    )


def _discarded(row: Draft) -> str:
    if row.discarded_at is None:
        return ""
    who = accounts.name(ref=row.discarded_by)
    return f"by {who}, {dates.at(row.discarded_at)}: {DiscardReason(row.discard_reason).label}"


def _name(answers: asked.Answers) -> str:
    return f"{answers['given_names']} {answers['family_name']}".strip() or "No name yet"
