"""What is asked about a person's phone."""

from typing import Any

from desist.programme.phones.commands import Choice
from desist.programme.phones.states import Use
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Choose(Form):
    """How a person works between sessions. Words for a phone that may lead to anyone are not saved, whatever the reason."""

    asks = False
    instead = "leave it empty"

    use = fields.Choice(
        label="How does this person work between sessions?",
        choices=Use.choices,
        hint="Read their orders first. A phone that is not allowed any more is ended when you save",
    )
    place = fields.Text(
        label="Words for the place on their phone",
        hint="The person sees this. What you agreed to call it, such as “the usual place”. No address, no name of a building",
        required=False,
        max_length=120,
        audience=Audience.SHOWN,
    )

    def override(self) -> None:
        """No answer lets such words onto a phone."""

    def choice(self) -> Choice:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Choice(Use(cleaned["use"]), cleaned["place"])


class Invite(Form):
    """Nothing to fill in: the button that makes an invitation."""


class Answer(Form):
    """What was done about what a person asked for."""

    words = fields.LongText(
        label="What did you do about it?",
        hint="For staff: the person does not see this. No names, no addresses",
        max_length=2_000,
        rows=3,
        audience=Audience.STAYS,
    )
