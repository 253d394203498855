"""The forms for a session that was held at another time, or before anything was planned here."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desist.programme.calendar.late_entries import commands, queries
from desist.programme.calendar.planner import states
from desist.programme.calendar.planner.forms import INSIDE, OUTSIDE, REMOTE, Where
from desist.programme.calendar.rescheduling.commands import Why
from desist.programme.calendar.rescheduling.forms import AHEAD, ASKED, WHY, WORDS, another_is_said, why
from desist.programme.curriculum.outline import LEAST_MINUTES, MOST_MINUTES
from desist.programme.sessions.states import Kind
from desist.ui import dates, fields, moments
from desist.ui.words import Audience

#: why something that was held is put down afterwards
AFTERWARDS = [(one.value, one.label) for one in (*states.AFTERWARDS, states.Why.OTHER)]


class Meeting(Where):
    """When and where a session was held, and by whom; where an order excluded places, whether this one was inside."""

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
    practitioner = fields.Pick(label="Who held it?", choices=[])
    inside = fields.Choice(
        label="Was this place, at that time, inside an area that an order excluded?",
        choices=[
            (OUTSIDE, "No, it was outside every area that an order excluded then"),
            (INSIDE, "Yes, and the session was held there anyway"),
        ],
        reveals={INSIDE: ["inside_reason", "inside_words"]},
        missing="Say whether this place, at that time, was inside an area that an order excluded",
    )
    inside_reason = fields.Choice(label="Why was it held there?", choices=states.Inside.choices)
    words = fields.LongText(label=WORDS, required=False, rows=3, audience=Audience.STAYS)

    def offer_all(self, *, people: fields.Pairs, earliest: date, at: datetime) -> None:
        """Offer the practitioners and days: what was held is over, or goes on now."""
        self.offer("practitioner", [("", "Choose one"), *people])
        day = self.fields["day"]
        if isinstance(day, moments.Day):
            day.earliest, day.latest = earliest, dates.day_of(at)

    def clean(self) -> dict[str, Any]:
        """Require words where the reason is another one."""
        cleaned: dict[str, Any] = super().clean()
        another_is_said(cleaned)
        return cleaned

    def held(self) -> commands.HeldMeeting:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.HeldMeeting(
            cleaned["day"], cleaned["at"], cleaned["minutes"], self.place(), cleaned["practitioner"]
        )


class Held(Meeting):
    """When and where a session was held that was planned for another time."""

    asked_by = fields.Choice(label=ASKED, choices=states.Asked.choices)
    why = fields.Pick(label=WHY, choices=AHEAD)
    field_order = ("day", "at", "minutes", "practitioner", "room", "inside", "asked_by", "why", "words")

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: queries.ToHold, at: datetime) -> None:
        """Begin with the session as it was planned."""
        initial = {
            "day": dates.day_of(page.starts_at),
            "at": dates.local(page.starts_at).time(),
            "minutes": page.minutes,
            "practitioner": page.practitioner,
            "room": page.room or REMOTE,
        }
        super().__init__(
            data, rooms=page.rooms, excluded=page.excluded, version=page.version, initial=initial
        )
        self.offer_all(people=page.people, earliest=page.earliest, at=at)

    def reason(self) -> Why:
        """Who asked and why."""
        return why(self)


class Entered(Meeting):
    """A session that was held before it was planned here."""

    which = fields.Pick(label="Which session?", choices=[])
    why = fields.Choice(label="Why is it entered afterwards?", choices=AFTERWARDS)
    field_order = ("which", "day", "at", "minutes", "practitioner", "room", "inside", "why", "words")

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: queries.ToEnter, at: datetime) -> None:
        """Offer the sessions of the twelve neither held, missed nor planned, in order; then those beside them."""
        initial = {"why": states.Why.BEFORE}
        super().__init__(data, rooms=page.rooms, excluded=page.excluded, version=None, initial=initial)
        twelve = [(_code(Kind.CORE, number), f"Session {number}, {about}") for number, about in page.sessions]
        made_up = [
            (_code(Kind.CATCH_UP, number), f"Catch-up of session {number}, {about}")
            for number, about in page.missed
        ]
        pivot = (
            _code(Kind.PIVOT, 0),
            "Urgent session: something had happened that had to be dealt with first",
        )
        nothing = [] if twelve else [("", "Choose one")]
        self.offer("which", [*nothing, *twelve, *made_up, pivot])
        self.offer_all(people=page.people, earliest=page.earliest, at=at)

    def which_one(self) -> commands.EnteredSession:
        """Which session it was, once the form is valid."""
        kind, _, number = self.cleaned_data["which"].rpartition("-")
        return commands.EnteredSession(Kind(kind), int(number))

    def reason(self) -> Why:
        """Return the reason, with the service as the side that asked."""
        cleaned = self.cleaned_data
        return Why(states.Asked.SERVICE, cleaned["why"], cleaned["words"])


def _code(kind: Kind, number: int) -> str:
    return f"{kind.value}-{number}"
