"""The form of one line of the practice log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.programme.sessions.practice.commands import Tried
from desist.programme.sessions.practice.states import Helped
from desist.skills import catalogue
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Practice(Form):
    """One time that a skill was tried, typed from the sheet."""

    skill = fields.Pick(label="Skill they tried", choices=[("", "Choose one"), *catalogue.CHOICES])
    day = moments.Day(label="The day on which they tried it")
    helped = fields.Choice(label="Did it help, as they say?", choices=Helped.choices)
    note = fields.Text(
        label="In their words",
        hint="No names, no addresses.",
        required=False,
        max_length=400,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days up to `at`, the request's moment."""
        today = dates.local(at).date()
        super().__init__(data, initial={"day": today})
        self.limit("day", latest=today)

    def tried(self) -> Tried:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return Tried(cleaned["day"], cleaned["skill"], Helped(cleaned["helped"]), cleaned["note"])
