"""One line of a history, and the page that it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from desist.programme.alerts.models import SentAlert
from desist.ui import dates

OUTSIDE = ""  # by whoever is outside: the referrer, the police, or somebody on the other side


@dataclass(frozen=True)
class Place:
    """A page, and of whom or what."""

    route: str
    ref: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that happened: `by` is an account's reference, `to` leads to where it stands."""

    at: datetime
    what: str
    by: str
    detail: str = ""
    to: Place | None = None
    whole_day: bool = False  # only the day is known


def acknowledged(alert: SentAlert | None, *, to: Place) -> Iterator[Line]:
    """That a person on the other side acknowledged an alert, where they did."""
    if alert and alert.acknowledged_at:
        yield Line(alert.acknowledged_at, "The alert was acknowledged", OUTSIDE, "on the other side", to=to)


def midnight(day: date) -> datetime:
    """Where a day stands among moments: at its beginning."""
    return datetime.combine(day, time.min, tzinfo=dates.LONDON)
