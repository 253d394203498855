"""The due dates of follow-ups, counted in calendar months; an end plans both, and going on voids them."""

import calendar
from datetime import date, datetime

from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.followups.states import Outcome
from desist.ui.dates import day_of

MONTHS = (6, 12)


def after(ended_on: date, months: int) -> date:
    """Return the day so many months later, or the last day of that month where the day is missing."""
    year, month = divmod(ended_on.month - 1 + months, 12)
    year, month = ended_on.year + year, month + 1
    return date(year, month, min(ended_on.day, calendar.monthrange(year, month)[1]))


def plan(episode: Episode, *, at: datetime) -> None:
    """Plan the follow-ups due after an end, once, in the transaction of the end."""
    ended_on = day_of(at)
    episode.followed_up.bulk_create(
        [
            FollowUp(episode=episode, months=months, due_on=after(ended_on, months), made_at=at)
            for months in MONTHS
        ],
        ignore_conflicts=True,
    )


def void(episode: Episode, *, at: datetime, also_recorded: bool = True) -> None:
    """Void follow-ups that are due, in the transaction that says why; recorded ones stay readable.

    After an end that is void the term begins anew, also for recorded follow-ups. Where the person died it does not:
    recorded facts still count, and no follow-up is tried again.
    """
    rows = episode.followed_up.filter(voided_at=None)
    (rows if also_recorded else rows.filter(outcome__in=["", Outcome.NOT_REACHED])).update(voided_at=at)
