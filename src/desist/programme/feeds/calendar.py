"""Busy times as an iCalendar file (RFC 5545): no name, no place, no word but "Busy". Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Busy:
    """A stretch of time; `key` tells it from the others and leads to nothing."""

    key: str
    start: date  # a moment, or a day where whole days are taken
    end: date


def written(busy: Iterable[Busy], *, at: datetime) -> bytes:
    """The file, as calendar programs subscribe to it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Desist//Busy times//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in busy:
        event = Event()
        event.add("uid", f"{one.key}@desist")
        event.add("dtstamp", at)
        event.add("dtstart", one.start)
        event.add("dtend", one.end)
        event.add("summary", "Busy")
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
