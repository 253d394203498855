"""What somebody fills in when a referrer without software tells something by telephone or on paper."""

from desist.post.forms import HeardFrom
from desist.programme.heard.commands import Told
from desist.referral.forms import FORMS, SectionForm
from desist.referral.lists import WithdrawReason
from desist.ui import fields

HEARD = ("heard_from", "heard_on", "heard_time")


class Change(HeardFrom, SectionForm):
    """One section put right: why, who told it, and when."""

    def told(self) -> Told:
        """Who told it, and when."""
        return Told(self.cleaned_data["heard_from"], self.heard_at())


class TakenBack(HeardFrom):
    """That the referrer takes a referral back, and why."""

    reason = fields.Choice(label="Why is the referral being withdrawn?", choices=WithdrawReason.choices)
    field_order = ("reason", *HEARD)

    def why(self) -> WithdrawReason:
        """The coded reason."""
        return WithdrawReason(self.cleaned_data["reason"])

    def told(self) -> Told:
        """Who told it, and when."""
        return Told(self.cleaned_data["heard_from"], self.heard_at())


#: section -> its form with who told it: the questions of the referral's own form come first
CHANGES: dict[str, type[Change]] = {
    key: type(f"Change{form.__name__}", (Change, form), {"field_order": (*form.base_fields, *HEARD)})
    for key, form in FORMS.items()
}
