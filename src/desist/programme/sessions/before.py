"""What was before a session, from which its agenda is proposed."""

from django.db.models import QuerySet

from desist.programme import clocks
from desist.programme.sessions import agenda
from desist.programme.sessions.models import Session


def earlier(row: Session) -> QuerySet[Session]:
    """The person's sessions before this one, the last first."""
    return row.episode.sessions.filter(period__lt=row.period).order_by("-period")


def left_behind(last: Session) -> agenda.LastSession:
    """What the session before leaves to talk about."""
    return agenda.LastSession(
        state=last.state,
        on=last.period.lower.astimezone(clocks.LONDON).date(),
        missed_reason=last.missed_reason,
        whose_reason=last.whose_reason,
        minutes_late=last.minutes_late,
        compliance=last.compliance,
        skill=last.skill,
        homework_set=last.homework_set,
    )
