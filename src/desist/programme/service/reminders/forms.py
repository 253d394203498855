"""What the person chose about reminders."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desist.programme.service.reminders.commands import Chosen
from desist.programme.service.reminders.states import Channel, Words
from desist.referral.fields import Email, Telephone
from desist.ui import dates, fields, moments
from desist.ui.forms import Form

#: a mobile number as it is kept: of the United Kingdom in its national form, any other with its country
MOBILE = re.compile(r"07[\d ]+|\+[\d ()-]+")
NO_ADDRESS, NO_NUMBER = "Enter their own e-mail address", "Enter their own mobile number"
LANDLINE = "Enter a mobile number, such as 07700 900123: a text message reaches no other"
NOT_ALONE = "Reminders go only where nobody else reads them. Leave them off, or choose another way"


class Choice(Form):
    """A way and an address or number, the words, and that nobody else reads it."""

    channel = fields.Choice(
        label="How do they want it?",
        choices=Channel.choices,
        hints={Channel.TEXT.value: "Only if no order bans this phone, and nobody else looks at it."},
        reveals={Channel.EMAIL.value: ["address"], Channel.TEXT.value: ["number"]},
    )
    address = Email(
        label="Their own e-mail address",
        hint="Type it with them, and read it back.",
        max_length=120,
        required=False,
    )
    number = Telephone(
        label="Their own mobile number",
        hint="Type it with them, and read it back.",
        max_length=40,
        required=False,
    )
    alone = fields.YesNo(
        label="Does anyone else read what comes there?",
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
        by: str = "",
        address: str = "",
        words: str = "",
        texts: bool = False,
    ) -> None:
        """`by`, `address` and `words` as they stand; `version` is 0 before anything was chosen; `texts`: the site sends some."""
        today = dates.day_of(at)
        initial = {"words": words or Words.CALENDAR.value, "chosen_on": today}
        if by:
            initial |= {"channel": by, "number" if by == Channel.TEXT else "address": address}
        super().__init__(data, initial=initial, version=version)
        if not texts:
            del self.fields["channel"], self.fields["number"]
        self.limit("chosen_on", latest=today)

    def clean(self) -> dict[str, Any]:
        """What others read and what no text message reaches is refused here, in words that say what to do."""
        cleaned = super().clean()
        name, missing = self._needed()
        if name not in self.errors and not cleaned.get(name):
            self.add_error(name, missing)
        elif name == "number" and name not in self.errors and not MOBILE.fullmatch(cleaned[name]):
            self.add_error(name, LANDLINE)
        if cleaned.get("alone") is True:
            self.add_error("alone", NOT_ALONE)
        return cleaned

    def _needed(self) -> tuple[str, str]:
        """The field of the way that was chosen, and what is said where it is empty."""
        if self.cleaned_data.get("channel") == Channel.TEXT:
            return "number", NO_NUMBER
        return "address", NO_ADDRESS

    def chosen(self) -> Chosen:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        on: date = cleaned["chosen_on"]
        channel = Channel(cleaned.get("channel") or Channel.EMAIL)
        return Chosen(
            cleaned[self._needed()[0]],
            Words(cleaned["words"]),
            alone=not cleaned["alone"],
            chosen_on=on,
            channel=channel,
        )
