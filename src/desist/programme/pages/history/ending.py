"""The events at the end of a person's programme: leaving, the exit report, certificates."""

from collections.abc import Iterator

from desist.programme.episodes.models import Episode
from desist.programme.leaving import states as leaving
from desist.programme.leaving.reports.states import Sent
from desist.programme.pages.history.lines import Line, Place, acknowledged
from desist.ui import dates

#: the end of a leaving that does not stand
UNDONE = {
    leaving.State.TAKEN_BACK: "Leaving withdrawn",
    leaving.State.MISTAKE: "Leaving recorded by mistake",
    leaving.State.CAME_BACK: "The person came back",
}


def leavings(episode: Episode) -> Iterator[Line]:
    """Decided, held, taken back, told."""
    to = Place("leaving:leaving", episode.ref)
    for one in episode.leavings.select_related("alert"):
        reason = str(leaving.Reason(one.reason).label)
        held = f", held until {dates.at(one.held_until)}" if one.held_until else ""
        yield Line(one.decided_at, "Leaving decided", one.decided_by, f"{reason}{held}", to=to)
        if one.taken_back_at:
            yield Line(one.taken_back_at, UNDONE[leaving.State(one.state)], one.taken_back_by, to=to)
        yield from acknowledged(one.alert, to=to)
        if one.told_at:
            how = str(leaving.How(one.told_how).label)
            yield Line(one.told_at, "The person was told that their place is ending", one.told_by, how, to=to)


def reports(episode: Episode) -> Iterator[Line]:
    """Yield the exit reports begun; their later events stand in the timeline that their commands write."""
    for one in episode.reports.all():
        to = Place("reports:report", one.ref)
        yield Line(one.started_at, "Exit report started", one.started_by, f"version {one.number}", to=to)


def certificates(episode: Episode) -> Iterator[Line]:
    """Yield certificates of attendance, and whether the referrer was sent each."""
    to = Place("certificates:certificates", episode.ref)
    for one in episode.certificates.defer("sealed"):
        days = f"{len(one.days)} day{'' if len(one.days) == 1 else 's'}"
        said = f"number {one.number}, {days}. {Sent(one.sent).label}"
        yield Line(one.issued_at, "Certificate of attendance", one.issued_by, said, to=to)
