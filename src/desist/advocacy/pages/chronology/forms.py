"""Forms that narrow a chronology."""

import re

from desist.ui import fields
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience


class Words(Form):
    """Words to search for in one client's records."""

    search = fields.Text(label="Words in the records", max_length=100, audience=Audience.STAYS)


class Narrow(ListFilter):
    """The drop-downs of a chronology."""

    channel = fields.Pick(
        label="Channel",
        choices=[
            ("messages", "Messages"),
            ("calls", "Calls and voicemail"),
            ("mails", "E-mails"),
            ("rest", "Places, notes of apps and the rest"),
        ],
        required=False,
    )
    side = fields.Pick(
        label="From",
        choices=[("person", "The person who stalks them"), ("client", "The client"), ("other", "Others")],
        required=False,
    )
    since = fields.Pick(label="From which month on", choices=[], required=False)
    until = fields.Pick(label="Up to which month", choices=[], required=False)
    time = fields.Pick(label="Time", choices=[("none", "Only records without a time")], required=False)

    def month(self, name: str) -> str:
        """The month from which on, or up to which, records are shown; "" for all."""
        said = str(self.data.get(name, ""))
        return said if re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", said) else ""
