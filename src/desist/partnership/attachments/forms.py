"""Forms about a file that is held and about a file that was sent."""

from desist.disclosure.forms import Recall
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import FalseAlarm

__all__ = ["Reason", "Recall", "Release"]


class Reason(Form):
    """Why a file may be sent."""

    reason = fields.Choice(label="Why may this file be sent?", choices=[])

    def why(self) -> FalseAlarm:
        """The reason, once the form is valid."""
        return FalseAlarm(self.cleaned_data["reason"])


class Release(Form):
    """The confirmation that a second person looked at the file."""

    looked = fields.Tick(
        label="I have looked at the whole file, and nothing in it could identify or locate the victim",
        missing="Look at the file first: save a copy and read every page of it",
    )
