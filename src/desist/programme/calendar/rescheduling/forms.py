"""The forms that change a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.calendar.planner import states
from desist.programme.calendar.planner.forms import COMPANY, REMOTE, WhereAndWho
from desist.programme.calendar.rescheduling import commands, queries
from desist.programme.curriculum.outline import LEAST_MINUTES, MOST_MINUTES
from desist.programme.sessions.states import Kind
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

ASKED = "Who asked for it?"
WHY = "Why?"
WORDS = "In words"
SAY = "Say in words what the other reason is"
#: kinds of session without a plan, in the form's words
BESIDE = {
    Kind.PIVOT.value: "Urgent session (not one of the twelve)",
    Kind.MOTIVATIONAL.value: "Motivational session (before session 1)",
}
YEAR = 366
#: why a plan is changed
AHEAD = [(key, label) for key, label in states.Why.choices if key not in states.AFTERWARDS]


def _minutes(*, keep: str = "") -> fields.Whole:
    return fields.Whole(
        label="Minutes",
        required=not keep,
        missing="Enter how many minutes",
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        hint=f"30 to 150. {keep}".strip(),
        width=3,
    )


def _why() -> fields.Choice:
    return fields.Choice(label=WHY, choices=AHEAD, reveals={states.Why.OTHER: ["asked_by"]})


def _words() -> fields.LongText:
    return fields.LongText(label=WORDS, required=False, rows=2, audience=Audience.STAYS)


class Move(WhereAndWho):
    """To when and where, how far, and why."""

    scope = fields.Choice(
        label="What do you want to move?",
        choices=states.Scope.choices,
        hints={
            states.Scope.LATER: "The later ones follow weekly at the same time. Sessions in the past or with a record "
            "do not move, and neither do extra sessions."
        },
    )
    day = moments.Day(label="Which day?")
    at = moments.Clock(label="At", missing="Enter the time")
    minutes = _minutes(keep="Leave empty to keep the length")
    practitioner = fields.Choice(label="Who with?", choices=[])
    why = _why()
    asked_by = fields.Choice(label=ASKED, choices=states.Asked.choices)
    words = _words()
    field_order = (
        *("when", "day", "at", "minutes", "room", "inside", "scope"),
        *("why", "asked_by", "words", "practitioner", *COMPANY),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: queries.ToMove, at: datetime) -> None:
        """Begins with the session as it stands, and with the next free time."""
        initial = {
            "scope": states.Scope.ONE,
            "at": dates.local(page.starts_at).time(),
            "room": page.room or REMOTE,
            "practitioner": page.practitioner,
            **asdict(page.company),
        }
        super().__init__(
            data,
            rooms=page.asked.rooms,
            excluded=page.asked.excluded,
            company=page.asked.company,
            offers=page.offers,
            version=page.version,
            initial=initial,
        )
        self.offer("practitioner", page.people)
        if len(page.people) < 2:
            del self.fields["practitioner"]
        if not page.later:
            del self.fields["scope"]
        _within_a_year(self, at)

    def clean(self) -> dict[str, Any]:
        """Another reason is said in words."""
        cleaned: dict[str, Any] = super().clean()
        another_is_said(cleaned)
        return cleaned

    def target(self) -> commands.Target:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Target(
            scope=states.Scope(cleaned.get("scope", states.Scope.ONE)),
            day=cleaned["day"],
            at=cleaned["at"],
            minutes=cleaned["minutes"],
            place=self.place(),
            practitioner=cleaned.get("practitioner", ""),
            company=self.company(),
        )

    def reason(self) -> commands.Why:
        """Who asked and why."""
        return why(self)


class Cancel(Form):
    """Why a session is not held, and who asked."""

    why = _why()
    asked_by = fields.Choice(label=ASKED, choices=states.Asked.choices)
    words = _words()

    def clean(self) -> dict[str, Any]:
        """Another reason is said in words."""
        cleaned = super().clean()
        another_is_said(cleaned)
        return cleaned

    def reason(self) -> commands.Why:
        """Who asked and why."""
        return why(self)


class Add(WhereAndWho):
    """A session beside the twelve."""

    what = fields.Pick(label="What is it for?", choices=[])
    day = moments.Day(label="Which day?")
    at = moments.Clock(label="At", missing="Enter the time")
    minutes = _minutes()
    why = _why()
    asked_by = fields.Choice(label=ASKED, choices=states.Asked.choices)
    words = _words()
    field_order = (
        *("what", "when", "day", "at", "minutes", "room", "inside"),
        *("why", "asked_by", "words", *COMPANY),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        page: queries.ToAdd,
        at: datetime,
        initial: Mapping[str, Any],
    ) -> None:
        """Sessions without a plan first, then those that can be caught up on."""
        super().__init__(
            data,
            rooms=page.asked.rooms,
            excluded=page.asked.excluded,
            company=page.asked.company,
            offers=page.offers,
            version=None,
            initial=initial,
        )
        beside = [one for one in BESIDE.items() if page.motivates or one[0] != Kind.MOTIVATIONAL]
        self.offer("what", [("", "Choose one"), *beside, *_caught_up(page.sessions)])
        _within_a_year(self, at)

    def clean(self) -> dict[str, Any]:
        """Another reason is said in words."""
        cleaned: dict[str, Any] = super().clean()
        another_is_said(cleaned)
        return cleaned

    def extra(self) -> commands.Extra:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        beside = cleaned["what"] in BESIDE
        return commands.Extra(
            number=None if beside else int(cleaned["what"]),
            day=cleaned["day"],
            at=cleaned["at"],
            minutes=cleaned["minutes"],
            place=self.place(),
            company=self.company(),
            kind=Kind(cleaned["what"]) if beside else Kind.CATCH_UP,
        )

    def reason(self) -> commands.Why:
        """Who asked and why."""
        return why(self)


class Again(WhereAndWho):
    """Another time for a session that was missed."""

    day = moments.Day(label="Which day?")
    at = moments.Clock(label="At", missing="Enter the time")
    minutes = _minutes()
    field_order = ("when", "day", "at", "minutes", "room", "inside", *COMPANY)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, page: queries.ToRebook, at: datetime
    ) -> None:
        """Begin with the length, place and company of the missed session."""
        super().__init__(
            data,
            rooms=page.asked.rooms,
            excluded=page.asked.excluded,
            company=page.asked.company,
            offers=page.offers,
            version=None,
            initial={"minutes": page.minutes, "room": page.room or REMOTE, **asdict(page.company)},
        )
        _within_a_year(self, at)

    def booked(self, number: int | None) -> commands.Extra:
        """What the command takes for one of the twelve, or for an urgent session, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Extra(
            number, cleaned["day"], cleaned["at"], cleaned["minutes"], self.place(), self.company()
        )


def _caught_up(sessions: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(number), f"Catch-up: session {number}, {about}") for number, about in sessions]


def another_is_said(cleaned: Mapping[str, Any]) -> None:
    """Require words where the reason is another one. Raises ValidationError."""
    if cleaned.get("why") == states.Why.OTHER and not cleaned.get("words"):
        raise ValidationError({"words": SAY})


def why(form: Form) -> commands.Why:
    """Return why and who asked, as the reason says it where the form does not, from a valid form."""
    cleaned = form.cleaned_data
    reason = states.Why(cleaned["why"])
    asked_by = cleaned["asked_by"] or states.ASKED.get(reason, states.Asked.SERVICE)
    return commands.Why(asked_by, reason, cleaned["words"])


def _within_a_year(form: Form, at: datetime) -> None:
    """Refuse a day more than a year ahead as a slip of the pen."""
    day = form.fields["day"]
    if isinstance(day, moments.Day):
        today = dates.local(at).date()
        day.earliest, day.latest = today, date.fromordinal(today.toordinal() + YEAR)
