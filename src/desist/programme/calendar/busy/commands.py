"""Commands that change the times at which a person cannot come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet

from desist.programme.calendar.busy.hours import Hours, intervals
from desist.programme.calendar.busy.models import BusyTime
from desist.programme.calendar.busy.policy import Action
from desist.programme.calendar.busy.states import Kind
from desist.programme.episodes.models import Episode
from desist.programme.intervals import Interval
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Statement, among


@dataclass(frozen=True)
class NotedTime:
    """A noted time: of a weekday from `first_on` to `last_on`, or of one day where both are that day."""

    kind: Kind
    weekday: int
    starts: time
    ends: time
    first_on: date | None
    last_on: date | None


def add(*, actor: Actor, ref: str, noted: NotedTime, submission: str, at: datetime) -> None:
    """Note a time at which the person cannot come. A form that is sent twice is kept once."""
    with gate.change(actor, Action.NOTE_BUSY_TIME, Episode, ref, at=at) as episode:
        if BusyTime.objects.filter(submission=submission).exists():
            return
        BusyTime.objects.create(
            episode=episode,
            kind=noted.kind,
            weekday=str(noted.weekday),
            starts=noted.starts,
            ends=noted.ends,
            first_on=noted.first_on,
            last_on=noted.last_on,
            submission=submission,
            noted_by=actor.who,
            noted_at=at,
        )


def remove(*, actor: Actor, ref: str, at: datetime) -> str:
    """Remove a time at which the person cannot come; twice changes nothing. Return the person's reference."""
    with gate.change(actor, Action.REMOVE_BUSY_TIME, BusyTime, ref, at=at) as row:
        if row.removed_at is None:
            row.removed_by, row.removed_at = actor.who, at
            row.save(update_fields=["removed_by", "removed_at"])
        return row.episode.ref


def taken(*, episode: Episode, first: date, last: date) -> list[Interval]:
    """Return the stretches of time in which the person cannot come, from one day to another."""
    return taken_of(episodes={episode.pk}, first=first, last=last).get(episode.pk, [])


def taken_of(*, episodes: Collection[int], first: date, last: date) -> dict[int, list[Interval]]:
    """Return by key the stretches of time in which several people cannot come; people without any are missing."""
    found: dict[int, list[Interval]] = {}
    for person, kind, weekday, starts, ends, first_on, last_on in (
        BUSY.rows(people=list(episodes)) if episodes else ()
    ):
        words = f"the person cannot come then ({Kind(kind).label.lower()})"
        hours = Hours(int(weekday), starts, ends, first_on, last_on, words)
        found.setdefault(person, []).extend(intervals(hours, first=first, last=last))
    return found


def _busy() -> QuerySet[Any]:
    rows = BusyTime.objects.filter(episode__in=among("people"), removed_at=None).order_by("pk")
    return rows.values_list("episode", "kind", "weekday", "starts", "ends", "first_on", "last_on")


BUSY = Statement(_busy)
