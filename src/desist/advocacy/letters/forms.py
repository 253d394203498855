"""Which letter goes where."""

from desist.advocacy.letters.templates import Template
from desist.ui import fields
from desist.ui.forms import Form


class Write(Form):
    """A letter of fixed words."""

    template = fields.Choice(
        label="Which letter?",
        choices=Template.choices,
        hints={
            Template.IN_TOUCH.value: "Says nothing of why.",
            Template.NEWS.value: "Says what is to be told, each with its day. Only if they want that in writing.",
        },
    )
    address = fields.Choice(label="To which address?", choices=[])
