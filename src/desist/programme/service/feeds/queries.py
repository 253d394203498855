"""What a practitioner's calendar tells: busy during sessions, assessments and leave, and nothing else."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q
from psycopg.types.range import DateRange

from desist.feeds.calendar import Entry
from desist.programme.assessments.models import HOLDING as ASSESSMENTS
from desist.programme.assessments.models import Assessment
from desist.programme.practitioners.absences.models import Leave
from desist.programme.sessions.models import HOLDING as SESSIONS
from desist.programme.sessions.models import Session
from desist.wall.actors import Actor

#: how far the calendar reaches back and ahead
BACK, AHEAD = timedelta(days=31), timedelta(days=400)
SAYS = (
    "A calendar program can follow your sessions, assessments and leave at a secret address. It shows when you are busy, and "
    "nothing else: no name, no place, no kind of appointment."
)


def entries(*, owner: Actor, at: datetime) -> list[Entry]:
    """One's own sessions and assessments, those one is in as the second, and leave."""
    then = Q(period__endswith__gt=at - BACK, period__startswith__lt=at + AHEAD)
    found = [
        Entry(ref, period.lower.astimezone(UTC), period.upper.astimezone(UTC))
        for meetings in (Session.objects.filter(SESSIONS), Assessment.objects.filter(ASSESSMENTS))
        for ref, period in meetings.filter(then, Q(practitioner__ref=owner.who) | Q(second__ref=owner.who))
        .order_by("period")
        .values_list("ref", "period")
    ]
    days = DateRange((at - BACK).date(), (at + AHEAD).date())
    leave = Leave.objects.filter(practitioner__ref=owner.who, removed_at=None, days__overlap=days)
    found += [
        Entry(ref, days.lower, days.upper) for ref, days in leave.order_by("days").values_list("ref", "days")
    ]
    return found
