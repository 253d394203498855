"""Forms about letters."""

from datetime import date

from desist.advocacy.letters.templates import Template
from desist.letters import HINTS, Variant
from desist.ui import fields, moments
from desist.ui.forms import Form


class Write(Form):
    """A letter of fixed words."""

    template = fields.Choice(
        label="Which letter?",
        choices=Template.choices,
        hints={
            Template.IN_TOUCH.value: "Does not say why.",
            Template.NEWS.value: "Gives the news, each item with its date. Only if they want that in writing.",
        },
    )
    variant = fields.Choice(label="Which form?", choices=Variant.choices, hints=HINTS)
    address = fields.Choice(label="Which address?", choices=[])


class Posted(Form):
    """The day on which a letter was posted; today if the field is empty."""

    on = moments.Day(
        label="When was it posted?", hint="Leave it empty for today.", required=False, earliest=None
    )

    def day(self, today: date) -> date:
        """The day, once the form is valid."""
        return self.cleaned_data["on"] or today
