"""What is known before a session, from which its agenda is proposed."""

from datetime import timedelta

from django.db.models import QuerySet

from desist.programme import clocks
from desist.programme.chains.models import Chain
from desist.programme.diary import queries as diary
from desist.programme.sessions import agenda, states
from desist.programme.sessions.models import Session


def earlier(row: Session) -> QuerySet[Session]:
    """The person's sessions before this one, the last first."""
    return row.episode.sessions.filter(period__lt=row.period).order_by("-period")


def agenda_of(row: Session) -> tuple[agenda.Item, ...]:
    """The agenda that is proposed for a session."""
    day = row.period.lower.astimezone(clocks.LONDON).date()
    last = earlier(row).filter(state__in=[states.State.ATTENDED, states.State.MISSED]).first()
    concerns = row.episode.concerns.filter(closed_at=None).order_by("raised_at")
    unsolved = Chain.objects.filter(
        session__episode=row.episode_id, reduce_vulnerability="", prevent_prompt="", repair=""
    ).exclude(links__skill__gt="")
    return agenda.propose(
        agenda.Known(
            concerns_raised=tuple(raised.date() for raised in concerns.values_list("raised_at", flat=True)),
            days=diary.days(episode=row.episode, first=day - timedelta(days=7), last=day - timedelta(days=1)),
            unfinished_chains=tuple(unsolved.order_by("started_at").values_list("behaviour", flat=True)),
            last=_left_behind(last) if last else None,
            homework_done=row.homework_done,
            planned=row.about,
        )
    )


def _left_behind(last: Session) -> agenda.Last:
    return agenda.Last(
        state=last.state,
        on=last.period.lower.astimezone(clocks.LONDON).date(),
        missed_reason=last.missed_reason,
        whose_reason=last.whose_reason,
        minutes_late=last.minutes_late,
        compliance=last.compliance,
        skill=last.skill,
        homework_set=last.homework_set,
    )
