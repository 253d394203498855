"""The facts that the record alone gives of a leaving: what it cancels, and how it can be put right."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from desist.programme.episodes.models import Episode
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.states import REOPENS, STANDS, TRANSITIONS, TREE, By, Reason, State


def sessions_ahead(episode: Episode, *, at: datetime) -> QuerySet[Any]:
    """The sessions that an end cancels."""
    return episode.sessions.filter(state="planned", period__startswith__gt=at)


def assessments_ahead(episode: Episode, *, at: datetime) -> QuerySet[Any]:
    """The assessments that an end cancels."""
    return episode.assessments.filter(state="appointed", period__startswith__gt=at)


def ways_back(leaving: Leaving) -> tuple[State, ...]:
    """Return the ways in which the programme can go on after a leaving; a person who died never comes back."""
    found = tuple(one for one in TRANSITIONS[State(leaving.state)] if one in REOPENS)
    return tuple(one for one in found if one is State.MISTAKE or leaving.reason != Reason.DIED)


def with_overtaken(leaving: Leaving) -> QuerySet[Leaving]:
    """Return a leaving, and the decision that was still held when it came."""
    overtaken = Q(state=State.TAKEN_BACK, taken_back_at=leaving.decided_at)
    return leaving.episode.leavings.filter(Q(pk=leaving.pk) | overtaken)


def other_reasons(leaving: Leaving) -> tuple[Reason, ...]:
    """Return the other reasons to choose from: the side that decided sets who was told, and stays."""
    if leaving.state not in STANDS:
        return ()
    return tuple(one for one in TREE[By(leaving.by)] if one != leaving.reason)
