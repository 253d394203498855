"""Questions about follow-ups, each with a frozen answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.followups.policy import Action
from desist.programme.leaving.followups.states import OCCASIONS, TRANSITIONS, Known, Outcome, Source
from desist.references import spoken
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Statement, among, day

#: so many days before the due day, the first page speaks of it
AHEAD = timedelta(days=14)
MOST = 50


@dataclass(frozen=True)
class FollowUpRow:
    """One follow-up; `outcome` is empty while it is due."""

    ref: str
    months: int
    occasion: str
    due_on: date
    outcome: str
    tried_on: date | None
    attempts: int
    note: str
    known: str
    sources: tuple[str, ...]
    learned: str
    recorded_by: str
    recorded_at: datetime | None
    voided_at: datetime | None  # the programme went on after all
    may_record: bool


@dataclass(frozen=True)
class FollowUpsPage:
    """A person's follow-ups, the earliest first."""

    episode: str
    spoken: str
    name: str
    ended: bool
    rows: tuple[FollowUpRow, ...]


@dataclass(frozen=True)
class FollowUpPage:
    """One follow-up, to be recorded."""

    episode: str
    spoken: str
    name: str
    row: FollowUpRow
    version: int
    alerts: bool  # a partner organisation is linked to the referral
    outcomes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Due:
    """A follow-up that is due soon, or was."""

    episode: int
    ref: str
    months: int
    due_on: date


def follow_ups(*, actor: Actor, episode: str, at: datetime) -> FollowUpsPage:
    """A person's follow-ups."""
    row = gate.open(actor, Action.SEE_FOLLOW_UPS, Episode, episode, at=at).select_related("referral").get()
    return FollowUpsPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        ended=row.ended_at is not None,
        rows=tuple(_row(one, actor) for one in row.followed_up.order_by("made_at", "months")),
    )


def to_record(*, actor: Actor, ref: str, at: datetime) -> FollowUpPage:
    """One follow-up, to be recorded."""
    rows = gate.open(actor, Action.RECORD_FOLLOW_UP, FollowUp, ref, at=at)
    row = rows.select_related("episode__referral").get()
    return FollowUpPage(
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.episode.referral.name,
        row=_row(row, actor),
        version=row.version,
        alerts=bool(row.episode.referral.partner),
        outcomes=tuple((one.value, str(one.label)) for one in TRANSITIONS[row.outcome]),
    )


def due(*, episodes: Collection[int], at: datetime) -> list[Due]:
    """Return follow-ups due within AHEAD or overdue, the longest first."""
    return [Due(*found) for found in DUE.rows(people=list(episodes), until=day_of(at) + AHEAD)]


def _due() -> QuerySet[Any]:
    rows = FollowUp.objects.filter(
        episode__in=among("people"), outcome="", voided_at=None, due_on__lte=day("until")
    )
    return rows.order_by("due_on", "pk").values_list("episode", "ref", "months", "due_on")[:MOST]


DUE = Statement(_due)


def _row(row: FollowUp, actor: Actor) -> FollowUpRow:
    may = actor.role in policy.rule(Action.RECORD_FOLLOW_UP).roles
    return FollowUpRow(
        ref=row.ref,
        months=row.months,
        occasion=OCCASIONS[row.months],
        due_on=row.due_on,
        outcome=Outcome(row.outcome).label if row.outcome else "",
        tried_on=row.tried_on,
        attempts=row.attempts,
        note=row.note,
        known=Known(row.known).label if row.known else "",
        sources=tuple(str(Source(one).label) for one in row.sources),
        learned=row.learned,
        recorded_by="you"
        if row.recorded_by == actor.who
        else accounts.name(ref=row.recorded_by)
        if row.recorded_by
        else "",
        recorded_at=row.recorded_at,
        voided_at=row.voided_at,
        may_record=may and row.voided_at is None and bool(TRANSITIONS[row.outcome]),
    )
