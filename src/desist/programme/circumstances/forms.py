"""The form that only this side has: what the referral says is ended."""

from desist.circumstances.states import ENDS, Kind
from desist.ui import fields
from desist.ui.forms import Form


class EndReferred(Form):
    """Which part of the referral is no longer in force, and why."""

    kind = fields.Choice(label="What no longer holds?", choices=[])
    over = fields.Choice(label="Why do you end it?", choices=ENDS)

    def offered(self, *, risks: str, needs: str) -> "EndReferred":
        """Offer what the referral says and is still in force."""
        found = [(Kind.OTHER.value, "Risks to staff", risks), (Kind.OTHER_NEED.value, "Needs", needs)]
        self.offer(
            "kind",
            [(value, title) for value, title, said in found if said],
            hints={value: said for value, _, said in found if said},
        )
        return self
