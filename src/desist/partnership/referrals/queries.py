"""Questions about referrals on the police side, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desist import codes
from desist.partnership.policy import Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.sections import SECTIONS, Section
from desist.partnership.referrals.states import State
from desist.post.models import Partner
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50


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


@dataclass(frozen=True)
class Task:
    """One section as the task list shows it: done, started or todo."""

    key: str
    title: str
    state: str


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
    can_be_withdrawn: bool
    tasks: tuple[Task, ...]
    answers: Mapping[str, Any]
    #: (key, title, ((field, answer in words), ...)) of every section
    sections: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    sent_at: datetime | None
    decided_at: datetime | None
    decision_reason: str
    stage: str
    attended: int
    planned: int
    progress_at: datetime | None

    @property
    def finished(self) -> bool:
        """Whether it can be sent."""
        return all(task.state == "done" for task in self.tasks)


def programmes(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The programmes that a referral can go to, as (name, title)."""
    open_partners = Partner.objects.filter(zone="programme", ended_at=None, area__in=["", actor.area])
    return tuple(open_partners.order_by("title").values_list("name", "title"))


def referrals(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The area's newest referrals, drafts included; at most PAGE."""
    rows = gate.see(actor, Action.SEE_REFERRALS, Referral, at=at).order_by("-started_at", "-pk")[:PAGE]
    return tuple(
        Row(
            ref=row.ref,
            spoken=spoken(row.ref),
            name=_name(row),
            state=row.state,
            state_label=State(row.state).label,
            started_at=row.started_at,
            stage=_progress(row),
        )
        for row in rows
    )


def referral(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral, whole."""
    row = gate.open(actor, Action.SEE_REFERRAL, Referral, ref, at=at).get()
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=_name(row),
        state=row.state,
        state_label=State(row.state).label,
        version=row.version,
        is_draft=row.state == State.DRAFT,
        can_be_withdrawn=row.state in {"sent", "accepted", "consultation"},
        tasks=tuple(Task(one.key, one.title, _state(one, row)) for one in SECTIONS),
        answers=MappingProxyType({name: getattr(row, name) for one in SECTIONS for name in one.names}),
        sections=tuple((one.key, one.title, _answers(one, row)) for one in SECTIONS),
        sent_at=row.sent_at,
        decided_at=row.decided_at,
        decision_reason=row.decision_reason,
        stage=codes.Stage(row.stage).label if row.stage else "",
        attended=row.attended,
        planned=row.planned,
        progress_at=row.progress_at,
    )


def _name(row: Referral) -> str:
    return f"{row.given_names} {row.family_name}".strip() or "No name yet"


def _progress(row: Referral) -> str:
    return f"{codes.Stage(row.stage).label}, {row.attended} of 12 attended" if row.stage else ""


def _state(section: Section, row: Referral) -> str:
    # Everything in it may stay empty: it counts as finished once somebody has looked at it.
    if section.finished(row) and section.started(row):
        return "done"
    if set(section.names) == section.optional:
        return "done"
    return "started" if section.started(row) else "todo"


def _answers(section: Section, row: Referral) -> tuple[tuple[str, str], ...]:
    return tuple((name, _words(row, name)) for name in section.names)


def _words(row: Referral, name: str) -> str:
    value = getattr(row, name)
    if name == "behaviours":
        return "\n".join(codes.Behaviour(code).label for code in value)
    if name == "born":
        return f"{value:%-d %B %Y}" if value else ""
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value)
