"""Commands that change a day that lies ahead of a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from desist.programme.episodes.models import Episode
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.orders.key_dates.policy import Action
from desist.programme.orders.key_dates.states import Kind
from desist.refusals import Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

REMOVED = "This date has already been removed from the list"


@dataclass(frozen=True)
class Said:
    """A key date in words; `override` answers for words that may lead to a person."""

    kind: Kind
    day: date
    words: str
    override: Override | None


def note(*, actor: Actor, episode: str, said: Said, submission: str, at: datetime) -> None:
    """Record a day. A submission that comes twice is kept once. Raises words.Unclear."""
    with gate.change(actor, Action.NOTE_DAY_AHEAD, Episode, episode, at=at) as row:
        if DayAhead.objects.filter(submission=submission).exists():
            return
        _answered(row, said, actor, at)
        DayAhead.objects.create(
            episode=row,
            kind=said.kind,
            day=said.day,
            words=said.words,
            submission=submission,
            noted_by=actor.who,
            noted_at=at,
        )


def change(*, actor: Actor, ref: str, said: Said, version: int | None, at: datetime) -> None:
    """Correct a day. Raises words.Unclear, Changed and Refused."""
    with _standing(actor, ref, version, at) as row:
        _answered(row.episode, said, actor, at)
        row.kind, row.day, row.words = said.kind, said.day, said.words
        row.changed_by, row.changed_at = actor.who, at


def remove(*, actor: Actor, ref: str, version: int | None, at: datetime) -> str:
    """Take a day off the list and return its reference; its history stays. Raises Changed and Refused."""
    with _standing(actor, ref, version, at) as row:
        row.removed_by, row.removed_at = actor.who, at
    return ref


@contextmanager
def _standing(actor: Actor, ref: str, version: int | None, at: datetime) -> Iterator[DayAhead]:
    """Open a day on the list, locked, as the page showed it, and raise its version."""
    with gate.change(actor, Action.CHANGE_DAY_AHEAD, DayAhead, ref, at=at) as row:
        if row.removed_at is not None:
            raise Refused(REMOVED)
        gate.next_version(row, version)
        yield row
        row.save()


def _answered(episode: Episode, said: Said, actor: Actor, at: datetime) -> None:
    """Keep words that may lead to a person only with a reason, which a data protection officer hears."""
    named = audit.row_name(Episode, episode.ref)
    clearances.hold(named=named, texts={"words": said.words}, override=said.override, actor=actor, at=at)
