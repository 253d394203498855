"""One line of a history, and the page that it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from desist.programme.alerts.models import SentAlert
from desist.ui import dates

OUTSIDE = ""  # by a person outside: the referrer, the police, or a partner on the other side


@dataclass(frozen=True)
class Place:
    """A page, and the person or row that it is about."""

    route: str
    ref: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that happened: `by` is an account's reference, `to` leads to its page."""

    at: datetime
    what: str
    by: str
    detail: str = ""
    to: Place | None = None
    whole_day: bool = False  # only the day is known


def acknowledged(alert: SentAlert | None, *, to: Place) -> Iterator[Line]:
    """Return the line of a partner's acknowledgement of an alert, if there is one."""
    if alert and alert.acknowledged_at:
        yield Line(alert.acknowledged_at, "The alert was acknowledged", OUTSIDE, "on the other side", to=to)


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins, for a place among moments."""
    return datetime.combine(day, time.min, tzinfo=dates.LONDON)
