"""The forms for an order, typed in from its certified copy."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.orders import kinds
from desist.programme.orders.commands import Typed
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

MOST_LINES, LONGEST_LINE = 20, 300
TOLD = "The police send details of this person’s Stalking Protection Orders electronically. Choose which other order it is"


class Order(Form):
    """The minimal order. It says nothing about the person it protects."""

    kind = fields.Choice(label="Which order is it?", choices=tuple(kinds.KINDS.items()))
    made_on = moments.Day(label="When was it made?", hint="For conditions, the day they were set")
    served_on = moments.Day(
        label="When was it served?",
        hint="Leave empty if it has not been served. A Stalking Protection Order is in force from then on, any other order from "
        "the day it was made",
        required=False,
    )
    ends_on = moments.Day(
        label="Its last day", hint="Leave empty if it lasts until a further order", required=False
    )
    hearing_on = moments.Day(label="Its next hearing", hint="Leave empty if none is known", required=False)
    requirements = fields.LongText(
        label="What must the person do that affects the programme?",
        hint="The person may see this. One requirement per line, as in the order. For example: to attend twelve sessions",
        required=False,
        audience=Audience.SHOWN,
    )
    exclusions = fields.LongText(
        label="Where may the person not be?",
        hint="The person may see this. One place per line, in words that identify nobody: “the area on the court’s map A”. Never an address, "
        "a name, or anything about who the order protects.",
        required=False,
        audience=Audience.SHOWN,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        version: int | None = None,
        told: bool,
        at: datetime,
    ) -> None:
        """Refuse days after `at`; `told`: the police tell of Stalking Protection Orders over the post."""
        super().__init__(data, initial=initial, version=version)
        self.offer("kind", kinds.offered(told=told, now=(initial or {}).get("kind", "")))
        if told:
            self.fields["kind"].error_messages["invalid_choice"] = TOLD
        for name in ("made_on", "served_on"):
            self.limit(name, latest=at)

    def clean_requirements(self) -> str:
        """Few lines, none too long."""
        return _lines_of(self.cleaned_data["requirements"])

    def clean_exclusions(self) -> str:
        """Check the lines of the exclusions."""
        return _lines_of(self.cleaned_data["exclusions"])

    def clean(self) -> dict[str, Any]:
        """Refuse a service, end or hearing before the day the order was made."""
        cleaned = super().clean()
        made = cleaned.get("made_on")
        for name in ("served_on", "ends_on", "hearing_on"):
            day: date | None = cleaned.get(name)
            if made and day and day < made:
                self.add_error(name, "This day is before the order was made")
        return cleaned

    def typed(self) -> Typed:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return Typed(
            kind=cleaned["kind"],
            made_on=cleaned["made_on"],
            served_on=cleaned["served_on"],
            ends_on=cleaned["ends_on"],
            hearing_on=cleaned["hearing_on"],
            requirements=tuple(cleaned["requirements"].splitlines()),
            exclusions=tuple(cleaned["exclusions"].splitlines()),
            override=self.override(),
        )


class End(Form):
    """The form that records the end of an order."""

    ended_on = moments.Day(label="When did it end?")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, made_on: date, version: int, at: datetime
    ) -> None:
        """Offer days from the day it was made up to `at`."""
        super().__init__(data, version=version)
        self.limit("ended_on", earliest=made_on, latest=at)


def _lines_of(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise ValidationError(f"Write at most {MOST_LINES} lines")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise ValidationError(f"A line has at most {LONGEST_LINE} characters")
    return "\n".join(lines)
