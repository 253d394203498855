"""Planning the twelve sessions in one step."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError
from django.db.models import Q
from psycopg.errors import ExclusionViolation
from psycopg.types.range import TimestamptzRange

from desist.programme.curriculum import commands as curriculum
from desist.programme.episodes.commands import Stale, tell_progress
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State
from desist.programme.planner import proposal
from desist.programme.policy import Action
from desist.programme.sessions.models import HOLDING, Session
from desist.programme.team.models import Practitioner, Room
from desist.wall import gate
from desist.wall.actors import Actor


class NotAllocated(Exception):
    """Nobody works with this person yet, so nobody's time can be planned."""


class TimeTaken(Exception):
    """Somebody else took one of the times while the plan was being made."""


@dataclass(frozen=True)
class Wish:
    """When the sessions are wanted: the first day, the hour in London, and which room (None: remote).

    `minutes` None: each session as long as the curriculum says.
    """

    first: date
    at: time
    minutes: int | None
    room: str | None


def propose(*, episode: Episode, wish: Wish) -> tuple[proposal.Proposed, ...]:
    """Twelve sessions around everything that is taken. Raises NotAllocated and proposal.NoRoom."""
    practitioner = _practitioner(episode)
    midnight = datetime.combine(wish.first, time(), proposal.LONDON)
    taken = Session.objects.filter(HOLDING, period__endswith__gte=midnight).filter(
        Q(practitioner=practitioner)
        | Q(episode=episode)
        | (Q(room__ref=wish.room) if wish.room else Q(pk=None))
    )
    periods = [proposal.Interval(one.lower, one.upper) for one in taken.values_list("period", flat=True)]
    outlines = curriculum.current(episode.area).sessions
    lengths = {one.number: wish.minutes or one.minutes for one in outlines}
    return proposal.weekly(first=wish.first, at=wish.at, lengths=lengths, taken=periods)


def plan(*, actor: Actor, ref: str, wish: Wish, version: int | None, at: datetime) -> None:
    """Write the twelve proposed sessions down. The database refuses a time that is taken, whoever was first."""
    try:
        with gate.change(actor, Action.PLAN_SESSIONS, Episode, ref, at=at) as episode:
            if episode.version != version or episode.sessions.filter(kind="core", state="planned").exists():
                raise Stale(ref)
            _write(episode, propose(episode=episode, wish=wish), wish)
            episode.state = State.IN_SESSIONS
            episode.version += 1
            episode.save(update_fields=["state", "version"])
            tell_progress(episode, at=at)
    except IntegrityError as error:
        if isinstance(error.__cause__, ExclusionViolation):
            raise TimeTaken(ref) from None
        raise


def _write(episode: Episode, proposed: tuple[proposal.Proposed, ...], wish: Wish) -> None:
    practitioner = _practitioner(episode)
    room = Room.objects.get(ref=wish.room, area=episode.area) if wish.room else None
    programme = curriculum.current(episode.area)
    outlines = [programme.outline(one.number) for one in proposed]
    Session.objects.bulk_create(
        Session(
            episode=episode,
            number=one.number,
            practitioner=practitioner,
            room=room,
            period=TimestamptzRange(one.period.start, one.period.end),
            curriculum=programme.number,
            module=outline.module,
            about=outline.title,
            skills=list(outline.skills),
            measures=list(outline.measures),
        )
        for one, outline in zip(proposed, outlines, strict=True)
    )


def _practitioner(episode: Episode) -> Practitioner:
    allocation = episode.allocations.filter(ended_at=None).select_related("practitioner").first()
    if allocation is None:
        raise NotAllocated(episode.ref)
    return allocation.practitioner
