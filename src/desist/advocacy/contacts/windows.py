"""When contact with a client is safe. Pure: the client's hours and a moment in, one answer out.

Hours are London's wall-clock hours, on both sides of a clock change. A window does not include its end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desist.advocacy.contacts.states import DAYS, Channel
from desist.ui import dates

WEEK = 7


@dataclass(frozen=True)
class Window:
    """A way to reach a client, on some days of the week (0 is Monday), between two hours of one day."""

    channel: Channel
    days: tuple[int, ...]
    start: time
    end: time

    @property
    def words(self) -> str:
        """ "Text: Monday, Tuesday, 9am to 5pm"."""
        days = "every day" if len(self.days) == WEEK else ", ".join(DAYS[day] for day in self.days)
        return f"{self.channel.label}: {days}, {dates.clock(self.start)} to {dates.clock(self.end)}"

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in the window."""
        here = dates.local(at)
        return here.weekday() in self.days and self.start <= here.time() < self.end


@dataclass(frozen=True)
class Heard:
    """The words about safe contact that came with a client: whose they are, and of which day."""

    words: str
    by: str
    on: date


@dataclass(frozen=True)
class Bar:
    """The bar at the top of every page of a client. `channels` are those that are safe at this moment."""

    channels: tuple[Channel, ...]
    sentence: str
    flagged: bool  # contact is marked as not safe now
    heard: Heard | None = None
    timed: bool = False  # a safe time is recorded
    say: str = ""
    if_other: str = ""
    code_word: str = ""

    @property
    def safe(self) -> bool:
        """Whether any way is safe at this moment."""
        return bool(self.channels)


def safe(*, windows: Iterable[Window], flagged: bool, at: datetime) -> tuple[Channel, ...]:
    """The ways in which contact is safe at a moment; none while it is marked as not safe."""
    if flagged:
        return ()
    found = {window.channel for window in windows if window.holds(at)}
    return tuple(channel for channel in Channel if channel in found)


def bar(*, windows: Sequence[Window], flagged: bool, at: datetime, heard: Heard | None = None) -> Bar:
    """The answer in words: "Safe now: text only, until 5pm."."""
    channels = safe(windows=windows, flagged=flagged, at=at)
    if flagged:
        sentence = "Not safe now. Nothing is sent, and nobody calls."
    elif channels:
        names = " or ".join(channel.label.lower() for channel in channels)
        only = " only" if len(channels) == 1 else ""
        end = min(window.end for window in windows if window.holds(at))
        sentence = f"Safe now: {names}{only}, until {dates.clock(end)}."
    elif windows:
        sentence = f"Wait: no safe time now. {_next(windows, at)}"
    elif heard:
        sentence = f"No safe time is recorded yet. Read what {heard.by} about contacting them safely."
    else:
        sentence = "No safe time is recorded yet: ask them when and how it is safe to contact them."
    return Bar(channels=channels, sentence=sentence, flagged=flagged, heard=heard, timed=bool(windows))


def _next(windows: Sequence[Window], at: datetime) -> str:
    """When the next window opens, in words."""
    here = dates.local(at)
    starts = [
        (datetime.combine(here.date() + timedelta(days=ahead), window.start), window)
        for window in windows
        for ahead in range(WEEK + 1)
        if (here.weekday() + ahead) % WEEK in window.days
    ]
    moment, window = min(
        ((start, window) for start, window in starts if start > here.replace(tzinfo=None)),
        key=lambda pair: pair[0],
    )
    ahead = (moment.date() - here.date()).days
    day = {0: "today", 1: "tomorrow"}.get(ahead, DAYS[moment.weekday()])
    return f"Next: {window.channel.label.lower()}, {day} from {dates.clock(window.start)}."
