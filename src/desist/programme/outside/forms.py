"""The forms about referrals by people without an account."""

from desist.programme.outside.states import Answered, Turned
from desist.ui import fields
from desist.ui.forms import Form


class TurnDown(Form):
    """The form that says why a form is not taken in."""

    reason = fields.Choice(
        label="Why is it not taken in?",
        hint="The sender is not told this reason.",
        choices=Turned.choices,
    )

    def why(self) -> Turned:
        """The coded reason."""
        return Turned(self.cleaned_data["reason"])


class Answer(Form):
    """The form that says how the sender got the answer."""

    how = fields.Choice(
        label="How did they get the answer?",
        choices=Answered.choices,
        hints={
            Answered.EMAIL.value: "Desist sends it when you press the button. It says only that there is an answer, and to ring."
        },
    )

    def answered(self) -> Answered:
        """The coded answer."""
        return Answered(self.cleaned_data["how"])
