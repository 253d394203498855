"""What is written about a day that lies ahead."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desist import locators
from desist.locators import Finding
from desist.programme.ahead import commands
from desist.programme.ahead.states import YEARLY, Kind
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience, FalseAlarm, Override

#: asked only where something was found
ALARM = "false_alarm"


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
        hint="One line at most, without names: “committal hearing”, “the day of the separation”. Nothing about where "
        "anybody is.",
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
        """`at` is the request's moment: what does not come back lies ahead of it."""
        super().__init__(data, initial=initial, version=version)
        self._today = dates.day_of(at)
        if self.found():
            self.fields[ALARM] = fields.Choice(
                label="If these words can stay, why?",
                hint="Take them out if you can. Your data protection officer sees this reason, not the words.",
                choices=FalseAlarm.choices,
                required=False,
            )

    def found(self) -> tuple[Finding, ...]:
        """What in the words may lead to somebody, as they were typed."""
        return locators.find(str(self.data.get("words", ""))[:1000])

    def clean(self) -> dict[str, Any]:
        """Only what comes back may lie behind; words that may lead to somebody are answered for."""
        cleaned = super().clean()
        day: date | None = cleaned.get("day")
        if day and day < self._today and cleaned.get("kind") not in YEARLY:
            self.add_error("day", "This day has passed. Only an anniversary can be in the past")
        if not cleaned.get(ALARM):
            self.ask(self.found())
        return cleaned

    def ask(self, findings: tuple[Finding, ...]) -> None:
        """Say what was found, where anything was."""
        if findings:
            said = ", ".join(f"“{one.words[:60]}” ({one.kind})" for one in findings[:3])
            self.add_error(
                "words",
                f"This could identify or locate someone: {said}. Take it out. If it can stay, say why",
            )

    def said(self) -> commands.Said:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        reason = cleaned.get(ALARM)
        override = Override(FalseAlarm(reason), ()) if reason else None
        return commands.Said(Kind(cleaned["kind"]), cleaned["day"], cleaned["words"], override)


class Removal(Form):
    """A button: nothing to fill in but the version of the page."""
