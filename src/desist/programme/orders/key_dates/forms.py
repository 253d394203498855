"""What is written about a day that lies ahead."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desist.programme.orders.key_dates import commands
from desist.programme.orders.key_dates.states import YEARLY, Kind
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Day(Form):
    """Which day, what it is, and at most a line."""

    kind = fields.Choice(
        label="What kind of date is it?",
        choices=Kind.choices,
        hints={Kind.ANNIVERSARY: "It recurs every year, on 28 February where a year has no 29th"},
    )
    day = moments.Day(label="What is the date?", hint="For an anniversary, the original date")
    words = fields.Text(
        label="What is it about?",
        hint="The person may see this. One line at most, without names: “committal hearing”, “the day of the separation”. Nothing about where "
        "anyone is.",
        required=False,
        max_length=120,
        audience=Audience.SHOWN,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        version: int | None = None,
        at: datetime,
    ) -> None:
        """Keep the day of `at`, the request's moment: only an anniversary may lie before it."""
        super().__init__(data, initial=initial, version=version)
        self._today = dates.day_of(at)

    def clean(self) -> dict[str, Any]:
        """Only what comes back may lie behind."""
        cleaned = super().clean()
        day: date | None = cleaned.get("day")
        if day and day < self._today and cleaned.get("kind") not in YEARLY:
            self.add_error("day", "This day has passed. Only an anniversary can be in the past")
        return cleaned

    def said(self) -> commands.Said:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Said(Kind(cleaned["kind"]), cleaned["day"], cleaned["words"], self.override())


class Removal(Form):
    """The form of a button: it carries only the version of the page."""
