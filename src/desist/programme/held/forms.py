"""What is said of a session that was held at another time, or before anything was planned here."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desist.programme.curriculum.outline import LEAST_MINUTES, MOST_MINUTES
from desist.programme.held import commands, queries
from desist.programme.moves.commands import Why
from desist.programme.moves.forms import AHEAD, ASKED, WHY, WORDS, another_is_said, why
from desist.programme.planner import states
from desist.programme.planner.forms import REMOTE
from desist.ui import dates, fields, moments
from desist.ui.forms import Form

#: why something that was held is put down afterwards
AFTERWARDS = [(one.value, one.label) for one in (*states.AFTERWARDS, states.Why.OTHER)]


class Held(Form):
    """When and where a session was held that was planned for another time."""

    day = moments.Day(label="On which day was it held?")
    at = moments.Clock(label="From", missing="Enter the time")
    minutes = fields.Whole(
        label="Minutes",
        missing="Enter how many minutes",
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        hint="30 to 150",
        width=3,
    )
    room = fields.Choice(label="Where", choices=[])
    asked_by = fields.Choice(label=ASKED, choices=states.Asked.choices)
    why = fields.Pick(label=WHY, choices=AHEAD)
    words = fields.LongText(label=WORDS, required=False, rows=3)

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: queries.ToHold, at: datetime) -> None:
        """Begins with the session as it was planned."""
        initial = {
            "day": dates.day_of(page.starts_at),
            "at": dates.local(page.starts_at).time(),
            "minutes": page.minutes,
            "room": page.room or REMOTE,
        }
        super().__init__(data, version=page.version, initial=initial)
        self.offer("room", [*page.rooms, (REMOTE, "Remote")])
        _behind(self, page.earliest, at)

    def clean(self) -> dict[str, Any]:
        """Another reason is said in words."""
        cleaned = super().clean()
        another_is_said(cleaned)
        return cleaned

    def held(self) -> commands.Held:
        """What the command takes, once the form is valid."""
        return _held(self)

    def reason(self) -> Why:
        """Who asked and why."""
        return why(self)


class Entered(Form):
    """One of the twelve that was held before it was planned here."""

    number = fields.Pick(label="Which session?", choices=[])
    day = moments.Day(label="On which day was it held?")
    at = moments.Clock(label="From", missing="Enter the time")
    minutes = fields.Whole(
        label="Minutes",
        missing="Enter how many minutes",
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        hint="30 to 150",
        width=3,
    )
    room = fields.Choice(label="Where", choices=[])
    why = fields.Choice(label="Why was it not planned beforehand?", choices=AFTERWARDS)
    words = fields.LongText(label=WORDS, required=False, rows=3)

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: queries.ToEnter, at: datetime) -> None:
        """Offers what was neither held, missed nor planned, the first of them first."""
        initial = {"why": states.Why.BEFORE}
        super().__init__(data, initial=initial)
        offered = [(str(number), f"Session {number}, {about}") for number, about in page.sessions]
        self.offer("number", offered or [("", "None is left")])
        self.offer("room", [*page.rooms, (REMOTE, "Remote")])
        _behind(self, page.earliest, at)

    def clean(self) -> dict[str, Any]:
        """Another reason is said in words."""
        cleaned = super().clean()
        another_is_said(cleaned)
        return cleaned

    def which(self) -> int:
        """The number of the session, once the form is valid."""
        return int(self.cleaned_data["number"])

    def held(self) -> commands.Held:
        """What the command takes, once the form is valid."""
        return _held(self)

    def reason(self) -> Why:
        """Why; the service enters it, and nobody asked for another time."""
        cleaned = self.cleaned_data
        return Why(states.Asked.SERVICE, cleaned["why"], cleaned["words"])


def _held(form: Form) -> commands.Held:
    cleaned = form.cleaned_data
    room = "" if cleaned["room"] == REMOTE else cleaned["room"]
    return commands.Held(cleaned["day"], cleaned["at"], cleaned["minutes"], room)


def _behind(form: Form, earliest: date, at: datetime) -> None:
    """What was held lies back, or is held now."""
    day = form.fields["day"]
    if isinstance(day, moments.Day):
        day.earliest, day.latest = earliest, dates.day_of(at)
