"""The contact that follows a missed session."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.programme import clocks
from desist.programme.sessions import states
from desist.programme.sessions.models import Session


@dataclass(frozen=True)
class FollowedUp:
    """The contact after a missed session, as the last attempt left it; nothing is noted while `at` is None."""

    clock: clocks.Deadline
    due: bool  # the person was not reached yet, and the days to do so ended after their acceptance here
    attempts: int
    outcome: str
    tried_on: date | None
    note: str
    by: str
    at: datetime | None


def after_missing(row: Session, *, by: str, at: datetime) -> FollowedUp | None:
    """Return the contact after one session, as last noted `by` a colleague; None where the session was not missed."""
    missed = row.state == states.State.MISSED
    if not missed and row.followed_up_at is None:
        return None
    return FollowedUp(
        clock=clocks.follow_up(missed_on=row.period.lower, now=at),
        due=missed and row.follow_up in states.UNREACHED and not row.beforehand,
        attempts=row.attempts,
        outcome=states.FollowUp(row.follow_up).label if row.follow_up else "",
        tried_on=row.tried_on,
        note=row.follow_up_note,
        by=by,
        at=row.followed_up_at,
    )
