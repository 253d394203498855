"""Questions about the times at which a person cannot come."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.calendar.busy.models import BusyTime
from desist.programme.calendar.busy.policy import Action
from desist.programme.calendar.busy.states import Kind, Weekday
from desist.programme.episodes.models import Episode
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class BusyRow:
    """One time, in words: "Every Friday, midday to 2pm, until 3 March 2026"."""

    ref: str
    kind: str
    words: str


@dataclass(frozen=True)
class BusyPerson:
    """The person a form asks about."""

    ref: str
    spoken: str
    name: str


def whose(*, actor: Actor, ref: str, at: datetime) -> BusyPerson:
    """The person, to note a time of."""
    row = gate.open(actor, Action.NOTE_BUSY_TIME, Episode, ref, at=at).select_related("referral").get()
    return BusyPerson(row.ref, spoken(row.ref), row.referral.name)


def rows(episode: Episode) -> tuple[BusyRow, ...]:
    """The times of a person whose row the gate opened, in the order of the week."""
    found = BusyTime.objects.filter(episode=episode, removed_at=None).order_by("weekday", "starts", "pk")
    return tuple(BusyRow(one.ref, Kind(one.kind).label, words(one)) for one in found)


def words(row: BusyTime) -> str:
    """A time as it is read out."""
    whole = row.starts == row.ends
    hours = "the whole day" if whole else f"{dates.clock(row.starts)} to {dates.clock(row.ends)}"
    if row.first_on and row.first_on == row.last_on:
        return f"{dates.weekday(row.first_on)}, {hours}"
    until = f", until {dates.on(row.last_on)}" if row.last_on else ""
    return f"Every {Weekday(row.weekday).label}, {hours}{until}"
