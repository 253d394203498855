"""The assessments of the demo's programme: their rooms, and what was understood in them."""

from datetime import datetime, timedelta

from django.db.models import Q
from psycopg.types.range import TimestamptzRange

from desist.programme.assessments.models import Assessment
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from tools.synthetic import names
from tools.synthetic.cases import Case

SATURDAY = 5
#: the parts of an assessment, as a written story names them
WORDS = ("needs", "family", "risk", "story", "formulation", "protective")


def _free(area: str, period: TimestamptzRange) -> Room | None:
    """Return a room that is free in a period."""
    taken = Q(sessions__period__overlap=period) | Q(assessments__period__overlap=period)
    return Room.objects.filter(area=area).exclude(taken).order_by("pk").first()


def _open(moment: datetime) -> datetime:
    """Return the next full hour of a weekday."""
    begins = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return begins + timedelta(days=7 - begins.weekday() if begins.weekday() >= SATURDAY else 0)


def _when(begins: datetime, holds: Practitioner | None) -> datetime:
    """Return the first time from a moment on, in steps of two hours, at which the practitioner is free."""
    period = TimestamptzRange(begins, begins + timedelta(minutes=90))
    taken = Q(sessions__period__overlap=period) | Q(assessments__period__overlap=period)
    if holds and Practitioner.objects.filter(taken, pk=holds.pk).exists():
        return _when(begins + timedelta(hours=2), holds)
    return begins


def write(case: Case, episode: Episode, by: str) -> None:
    """Write the assessment of a person who was allocated; it is still ahead where nothing has begun."""
    finished = case.story.stage != "allocated"
    allocation = episode.allocations.filter(ended_at=None).select_related("practitioner").first()
    holds = allocation.practitioner if allocation else None
    begins = _when(_open(case.allocated_at + timedelta(days=2)), holds)
    period = TimestamptzRange(begins, begins + timedelta(minutes=90))
    room = None if finished else _free(episode.area, period)
    row = Assessment(
        episode=episode,
        period=period,
        how="room" if room else "video",
        room=room,
        practitioner=holds,
        submission=f"assessment-{episode.ref}",
        appointed_by=by,
        appointed_at=case.allocated_at,
    )
    if finished:
        row.needs, row.children_and_family, row.risk, row.story, row.formulation, row.protective_factors = (
            [case.told.assessment[key] for key in WORDS] if case.told else names.ASSESSMENT
        )
        row.state, row.version = "finished", 3
        row.saved_by = row.ended_by = by
        row.saved_at = row.ended_at = begins + timedelta(hours=2)
    row.save()
