"""The form of the second person, about a referral that the person said no to."""

from typing import Any

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Decide(Form):
    """Whether the agency is told although the person said no."""

    agrees = fields.YesNo(label="Is the agency told although the person said no?")
    why = fields.LongText(
        label="Why?",
        hint="It stays here, in the person’s record.",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )

    def decided(self) -> dict[str, Any]:
        """What the command takes, once the form is valid."""
        return dict(self.cleaned_data)
