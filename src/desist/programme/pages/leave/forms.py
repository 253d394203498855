"""The forms of leave."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.calendar.planner.forms import OfferedTimes
from desist.programme.calendar.planner.free_times import read
from desist.programme.pages.leave import queries
from desist.programme.practitioners.absences import commands
from desist.programme.practitioners.absences.states import Kind
from desist.programme.service.cover.queries import MeetingToCover
from desist.ui import dates, fields, moments
from desist.ui.forms import Form

LONGEST = 366
#: before the reference of a meeting; a meeting that nobody holds
HOLDS, RING = "hold_", "ring"


class Days(Form):
    """From which day to which one a practitioner is away."""

    first = moments.Day(label="First day away")
    last = moments.Day(label="Last day away")

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first, or more than a year after it."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": "The last day is before the first one"})
        if first and last and (last - first).days > LONGEST:
            raise ValidationError({"last": "This is more than a year. Record that they are leaving instead"})
        return cleaned


class Leave(Days):
    """The form for a practitioner's leave: from when to when, and who holds each meeting in it."""

    kind = fields.Choice(
        label="What kind of leave?", hint="Nothing about health is asked.", choices=Kind.choices
    )
    cover = fields.Pick(
        label="Who looks after all of their people meanwhile?",
        hint="From the first day they can also see these people; nobody else can.",
        required=False,
        choices=[],
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        who: queries.LeavePractitioner,
        initial: Mapping[str, Any],
    ) -> None:
        """Offer all other practitioners of the area, and for each meeting those who can hold it."""
        super().__init__(data, initial=initial)
        self.offer("cover", [("", "Nobody"), *who.others])
        for one in who.meetings:
            self.fields[HOLDS + one.ref] = _another_time(one) if one.times else _holder(one)
            self.initial[HOLDS + one.ref] = one.chosen or RING

    def away(self) -> commands.Away:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Away(cleaned["first"], cleaned["last"], cleaned["kind"], cleaned["cover"])

    def holders(self) -> dict[str, str]:
        """Who holds each meeting, by reference; "" where it is moved instead."""
        return {ref: "" if value == RING or read(value) else value for ref, value in self._answers().items()}

    def times(self) -> dict[str, str]:
        """Which of the times that were offered each meeting is moved to, by reference."""
        return {ref: value for ref, value in self._answers().items() if read(value)}

    def _answers(self) -> dict[str, str]:
        named = ((name, value) for name, value in self.cleaned_data.items() if name.startswith(HOLDS))
        return {name.removeprefix(HOLDS): value for name, value in named}


class AnotherTime(OfferedTimes):
    """The free times of a meeting that nobody can hold, and ringing. A time offered before is judged by the command."""

    def valid_value(self, value: object) -> bool:
        """Whether it is a time at a place, or ringing."""
        return value == RING or read(str(value)) is not None


def _another_time(one: MeetingToCover) -> AnotherTime:
    return AnotherTime(
        label=_label(one),
        hint=_asked(one) or "Nobody is free then. Ring, agree another time, and choose it here.",
        choices=[
            *((time.code, f"Move it to {time.words}") for time in one.times),
            (RING, "None of these: ring to move it"),
        ],
        missing=f"Choose another time for the meeting with {one.name}, or ring to move it",
    )


def _holder(one: MeetingToCover) -> fields.Pick:
    return fields.Pick(
        label=_label(one),
        hint=_asked(one) or ("" if one.able else "Nobody is free then."),
        choices=[*((ref, f"{name} holds it") for ref, name in one.able), (RING, "Ring to move it")],
        missing=f"Choose who holds the meeting with {one.name}, or ring to move it",
    )


def _label(one: MeetingToCover) -> str:
    return f"{dates.at(one.starts_at)}: {one.name}, {one.title.lower()}, {one.place}"


def _asked(one: MeetingToCover) -> str:
    return f"{one.asked} is asked already." if one.asked else ""
