"""The lines of a certificate: each session's day, and what a court has to know of how it was entered."""

from dataclasses import dataclass
from datetime import date

from desist.programme.episodes.models import Episode
from desist.programme.sessions import states as sessions
from desist.programme.sessions.models import OF_THE_COURSE
from desist.ui import dates


@dataclass(frozen=True)
class Line:
    """One session attended. `held` are the minutes held of how many, where it ended early."""

    title: str
    on: date
    entered_on: date | None
    held: tuple[int, int] | None

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes beside the day, in words."""
        early = (f"ended early, {self.held[0]} of {self.held[1]} minutes held",) if self.held else ()
        entered = (f"entered afterwards on {dates.on(self.entered_on)}",) if self.entered_on else ()
        return (*early, *entered)


def attended(episode: Episode, *, since: date | None = None) -> tuple[Line, ...]:
    """Return every session of the course attended so far, the earliest first; with `since`, only from that day on."""
    held = episode.sessions.filter(OF_THE_COURSE, state=sessions.State.ATTENDED)
    rows = held.order_by("period").prefetch_related("moves")
    lines = (
        Line(
            title=sessions.title(one.kind, one.number),
            on=dates.day_of(one.period.lower),
            entered_on=dates.day_of(one.entered_at) if one.entered_at else None,
            held=one.cut_short,
        )
        for one in rows
    )
    return tuple(one for one in lines if since is None or since <= one.on)
