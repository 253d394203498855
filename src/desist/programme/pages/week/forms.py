"""What an address of the calendar asks for, and what is asked to book a time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from desist.programme.calendar.planner.forms import of_address
from desist.programme.pages.week.queries import VIEWS, Asked
from desist.ui import dates, fields
from desist.ui.forms import Form

#: what is booked -> the page that books it
ROUTES = {
    "session": "rescheduling:add",
    "twelve": "planner:plan",
    "assessment": "assessments:appoint",
}
KINDS = [
    ("session", "One session"),
    ("twelve", "The twelve sessions, weekly from this time on"),
    ("assessment", "An assessment"),
]
#: what an address says of the time to book
TIME = ("day", "at", "room")


def asked(current: Mapping[str, str], *, at: datetime) -> Asked:
    """Return the view, week and practitioner of an address; what makes no sense is this week, one's own."""
    day = _day(current.get("week", "")) or dates.day_of(at)
    view = current.get("view", "")
    return Asked(
        view if view in VIEWS else "", day - timedelta(days=day.weekday()), current.get("who", "")[:40]
    )


def time_of(current: Mapping[str, str]) -> str:
    """Return the time to book in words: "Monday 30 November 2026, 10am"."""
    begun = of_address(current)
    said = dates.weekday(begun["day"]) if "day" in begun else ""
    return f"{said}, {dates.clock(begun['at'])}" if said and "at" in begun else said


def hidden(current: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what the form carries on of the time."""
    return [(name, current[name][:20]) for name in TIME if current.get(name)]


class Booking(Form):
    """Whom to book, and what."""

    person = fields.Pick(label="Who?", choices=[])
    kind = fields.Choice(label="What do you want to book?", choices=KINDS)

    def __init__(self, data: Mapping[str, Any] | None, *, people: Sequence[tuple[str, str]]) -> None:
        """Offer the people of the actor's caseload."""
        super().__init__(data, initial={"kind": "session"})
        self.offer("person", [("", "Choose a person"), *people])

    @property
    def route(self) -> str:
        """The page that books what was chosen."""
        return ROUTES[self.cleaned_data["kind"]]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 < day.year < 2100 else None
