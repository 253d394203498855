"""The times that assessments hold, as a planner looks at them. It looks, and shows nobody anything."""

from datetime import datetime

from django.db.models import Q

from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import State
from desist.programme.episodes.models import Episode
from desist.programme.planner.proposal import Interval
from desist.programme.premises.models import Room
from desist.programme.team.models import Practitioner


def taken(
    *,
    episode: Episode,
    practitioner: Practitioner | None,
    room: Room | None,
    since: datetime,
    besides: int | None = None,
) -> list[Interval]:
    """Appointments that end after a moment: of the person, in the room, or held by the practitioner.

    `besides` is the key of the one that is being moved.
    """
    whose = Q(episode=episode) | (Q(room=room) if room else Q(pk=None))
    if practitioner:
        whose |= Q(practitioner=practitioner)
    rows = Assessment.objects.filter(whose, state=State.APPOINTED, period__endswith__gt=since)
    rows = rows.exclude(pk=besides) if besides else rows
    return [Interval(one.period.lower, one.period.upper, _words(one, episode, room)) for one in rows]


def _words(one: Assessment, episode: Episode, room: Room | None) -> str:
    if one.episode_id == episode.pk:
        return "the person has an assessment then"
    if room and one.room_id == room.pk:
        return "the room is taken then"
    return "the practitioner has an assessment then"
