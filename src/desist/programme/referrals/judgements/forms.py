"""The form that asks a force for its judgement; what it told is typed into the part of a referral about risk."""

from desist.ui import fields
from desist.ui.forms import Form


class Ask(Form):
    """The force to ask."""

    force = fields.Choice(
        label="Which police force?",
        hint="They are told the person’s name and date of birth, and that you ask. Nothing else leaves.",
        choices=[],
    )
