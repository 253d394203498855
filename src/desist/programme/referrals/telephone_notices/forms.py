"""The forms for what a referrer without software tells by telephone or on paper."""

from collections.abc import Mapping
from typing import Any

from desist.post.forms import HeardFrom
from desist.programme.referrals.telephone_notices.commands import Told
from desist.programme.referrals.telephone_notices.states import Settled
from desist.referral.forms import FORMS, SectionForm
from desist.referral.lists import WithdrawReason
from desist.ui import fields
from desist.ui.forms import Form

HEARD = ("heard_from", "heard_on", "heard_time")


class Change(HeardFrom, SectionForm):
    """One section put right: why, who told it, and when."""

    def told(self) -> Told:
        """Return who told it, and when."""
        return Told(self.cleaned_data["heard_from"], self.heard_at())


class TakenBack(HeardFrom):
    """The form that says why the referrer takes a referral back."""

    reason = fields.Choice(
        label="Why is the referral being withdrawn?",
        hint="It counts once a second person here confirms it.",
        choices=WithdrawReason.choices,
    )
    field_order = ("reason", *HEARD)

    def why(self) -> WithdrawReason:
        """The coded reason."""
        return WithdrawReason(self.cleaned_data["reason"])

    def told(self) -> Told:
        """Return who told it, and when."""
        return Told(self.cleaned_data["heard_from"], self.heard_at())


class Settling(Form):
    """The form that settles a withdrawal that was typed in."""

    outcome = fields.Choice(label="Which is true?", choices=[])

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, may_confirm: bool, version: int | None
    ) -> None:
        """Offer the choices; `may_confirm` says whether another account typed it in."""
        super().__init__(data, version=version)
        offered = [one for one in Settled if may_confirm or one is not Settled.CONFIRMED]
        self.offer("outcome", [(one.value, str(one.label)) for one in offered])

    def settled(self) -> Settled:
        """The answer about it."""
        return Settled(self.cleaned_data["outcome"])


#: section -> its form with who told it: the questions of the referral's own form come first
CHANGES: dict[str, type[Change]] = {
    key: type(f"Change{form.__name__}", (Change, form), {"field_order": (*form.base_fields, *HEARD)})
    for key, form in FORMS.items()
}
