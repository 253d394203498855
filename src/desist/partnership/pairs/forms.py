"""What is chosen about pairs."""

from desist.ui import fields
from desist.ui.forms import Form

#: what is chosen instead of a referral
NOTHING = ("", "Choose one")
ALONE = ("alone", "No referral: only the orders of this crime")


class Join(Form):
    """Behind which referral a side stands."""

    referral = fields.Pick(
        label="Referral of the person who stalks them",
        hint="Match it by the crime reference. What they hear of is the kind of event and the day, nothing else.",
        choices=[],
    )

    def chosen(self) -> str:
        """The referral's reference, or empty, once the form is valid."""
        referral: str = self.cleaned_data["referral"]
        return "" if referral == ALONE[0] else referral


class Merge(Form):
    """Which referral is about the same person."""

    other = fields.Pick(
        label="Which referral is about the same person?",
        hint="Whoever stands behind either stands behind both from then on.",
        choices=[],
    )
