"""The forms of papers."""

from typing import Any

from desist.advocacy.papers.commands import Order
from desist.advocacy.papers.states import THEIRS, Format, Part, Purpose
from desist.ui import fields, moments
from desist.ui.forms import Form, Read
from desist.ui.words import Audience


class Log(Read):
    """What the log is for, its days, and what goes into it."""

    purpose = fields.Choice(label="What is it for?", choices=Purpose.choices)
    format = fields.Choice(label="Which file?", choices=Format.choices)
    since = moments.Day(
        label="From which day?", hint="Leave it empty for the whole log.", required=False, earliest=None
    )
    until = moments.Day(label="To which day?", hint="Leave it empty for the whole log.", required=False)
    without = fields.Choices(
        label="What is left out?",
        hint="The paper says so. Leave it empty to leave out nothing.",
        choices=Part.choices,
        required=False,
    )
    places = fields.YesNo(
        label="Does it say exactly where things happened?",
        hint="Also words that may lead to them. Without it they are left out, and the paper says so.",
        reveals={"yes": ["reason"]},
    )
    reason = fields.Text(
        label="Why is that needed?", hint="For example: the court asks for places", audience=Audience.STAYS
    )
    large = fields.Tick(label="In large print", required=False)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not be before the first")
        return cleaned

    def order(self) -> Order:
        """What the command takes, once the form is valid."""
        given = {name: self.cleaned_data[name] for name in Order.__dataclass_fields__}
        return Order(**given | {"purpose": Purpose(given["purpose"]), "format": Format(given["format"])})


class Theirs(Form):
    """Which paper the client wants."""

    kind = fields.Choice(label="Which paper?", choices=THEIRS)
    large = fields.Tick(label="In large print", required=False)
    kept_safely = fields.Tick(
        label="They want it, and know where to keep it so that nobody else finds it",
        missing="Ask them first where they will keep it. Without a safe place, give them no paper",
    )
