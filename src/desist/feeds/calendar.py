"""A calendar as an iCalendar file (RFC 5545): no name and no place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Entry:
    """A stretch of time, or a day to remember; `key` identifies the entry and leads to no row."""

    key: str
    start: date  # a moment, or a day for whole days
    end: date
    words: str = "Busy"
    takes_time: bool = True


def written(entries: Iterable[Entry], *, at: datetime) -> bytes:
    """The file to which calendar programs subscribe."""
    calendar = Calendar()
    calendar.add("prodid", "-//Desist//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in entries:
        event = Event()
        event.add("uid", f"{one.key}@desist")
        event.add("dtstamp", at)
        event.add("dtstart", one.start)
        event.add("dtend", one.end)
        event.add("summary", one.words)
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE" if one.takes_time else "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
