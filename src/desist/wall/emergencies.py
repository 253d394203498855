"""The states of an emergency access: read-only, ended by itself after an hour, reviewed by another person."""

from datetime import date, datetime, timedelta

from django.db.models import TextChoices

from desist import working_days

#: An access ends by itself after this time.
LASTS = timedelta(hours=1)
#: Another person reviews it within so many working days.
REVIEWED_WITHIN = 2


class State(TextChoices):
    """The state of an emergency access at a moment."""

    OPEN = "open", "Open, to read"
    OVER = "over", "Over, to be looked into"
    NOTHING = "nothing", "Asked for, and no case could be opened"
    REVIEWED = "reviewed", "Looked into"


TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.OPEN: (State.OVER, State.REVIEWED),
    State.OVER: (State.REVIEWED,),
    State.NOTHING: (State.REVIEWED,),
    State.REVIEWED: (),
}


def state(
    *, case: str, until: datetime, ended_at: datetime | None, reviewed_at: datetime | None, at: datetime
) -> State:
    """The state at a moment, from the stored facts."""
    if reviewed_at is not None:
        return State.REVIEWED
    if not case:
        return State.NOTHING
    return State.OPEN if ended_at is None and at < until else State.OVER


def review_by(day: date) -> date:
    """The last day to review an access of a day before the next one is refused."""
    return working_days.after(day, REVIEWED_WITHIN)
