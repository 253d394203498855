"""The texts of an incident, as one frozen answer: kept locked with the client's own key."""

from dataclasses import dataclass
from datetime import date, time

from desist.advocacy.incidents.states import Counted
from desist.ui import dates

FIELD, ADDED = "incident", "incident addition"


@dataclass(frozen=True)
class Account:
    """The words of an incident. All of them may become evidence; private words go into a note."""

    what: str
    place: str = ""
    effect: str = ""
    witnesses: str = ""
    kept: str = ""  # where the evidence is

    @property
    def crossing(self) -> dict[str, str]:
        """Field of a breach report -> the words that the police read. The exact place is left out."""
        return {"account": self.what, "effect": self.effect, "kept": self.kept, "witnesses": self.witnesses}


def span(began: date, at: time | None, ended: date | None, until: time | None) -> str:
    """When it happened, as finely as it was told: a time that was not told is not made up."""
    first = _moment(began, at)
    if ended and ended != began:
        return f"{first} to {_moment(ended, until)}"
    return f"{first} to {dates.clock(until)}" if until else first


def often(times: int | None, counted: str) -> str:
    """How many times, and how sure that is; empty if it was not told."""
    if not times:
        return ""
    before = (
        {Counted.ABOUT: "about ", Counted.LEAST: "at least "}.get(Counted(counted), "") if counted else ""
    )
    return f"{before}{times:,} times" if times > 1 else f"{before}once"


def _moment(day: date, at: time | None) -> str:
    return f"{dates.weekday(day)}, {dates.clock(at)}" if at else dates.weekday(day)
