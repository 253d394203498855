"""What the person chose about reminders."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desist.programme.service.reminders.commands import Chosen
from desist.programme.service.reminders.states import Words
from desist.referral.fields import Email
from desist.ui import dates, fields, moments
from desist.ui.forms import Form


class Choice(Form):
    """An address, the words, and that nobody else reads it."""

    address = Email(
        label="Their own e-mail address", hint="Type it with them, and read it back.", max_length=120
    )
    alone = fields.YesNo(
        label="Does anyone else read what comes to this address?",
        hint="Ask about a partner, family, a shared phone or computer, and anyone who knows the password.",
    )
    words = fields.Choice(
        label="Which words do they agree to?",
        choices=Words.choices,
        hints={Words.APPOINTMENT.value: "Only if they themselves want these words."},
    )
    chosen_on = moments.Day(label="The day on which they chose this")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime,
        version: int,
        address: str = "",
        words: str = "",
    ) -> None:
        """`address` and `words` as they stand; `version` is 0 before anything was chosen."""
        today = dates.day_of(at)
        initial = {"address": address, "words": words or Words.CALENDAR.value, "chosen_on": today}
        super().__init__(data, initial=initial, version=version)
        self.limit("chosen_on", latest=today)

    def clean(self) -> dict[str, Any]:
        """An address that others read is refused here, in words that say what to do."""
        cleaned = super().clean()
        if cleaned.get("alone") is True:
            self.add_error(
                "alone",
                "Reminders go only where nobody else reads them. Leave them off, or choose another address",
            )
        return cleaned

    def chosen(self) -> Chosen:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        on: date = cleaned["chosen_on"]
        return Chosen(cleaned["address"], Words(cleaned["words"]), alone=not cleaned["alone"], chosen_on=on)
