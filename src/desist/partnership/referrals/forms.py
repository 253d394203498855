"""The officer's forms besides the sections of desist.referral.forms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from desist import codes
from desist.partnership.referrals.states import GivenOver
from desist.referral import fields as referral_fields
from desist.referral.lists import DiscardReason, WithdrawReason
from desist.ui import fields, moments
from desist.ui.forms import Form, ListFilter

#: the value that a search sends once the officer has read its results
NOBODY = "nobody_of_these"


class Narrow(ListFilter):
    """The filters of the list of referrals, beside their state."""

    stage = fields.Pick(label="Stage on the programme", choices=codes.Stage.choices, nothing="All")
    whose = fields.Pick(label="Who started it", choices=[("mine", "You")], nothing="All")


class Give(Form):
    """Which referrals a colleague follows from now on, who, and why."""

    referrals = fields.Choices(label="Which referrals?", choices=[])
    to = fields.Pick(label="To whom?", choices=())
    why = fields.Choice(label="Why?", choices=GivenOver.choices)


class Start(Form):
    """The person and the programme of a referral: the officer looks the person up before a draft begins."""

    programme = fields.Choice(label="Which programme?", choices=[])
    given_names = fields.Name(label="Given names", max_length=100)
    family_name = fields.Name(label="Family name", max_length=100)
    born = moments.Day(
        label="Date of birth",
        birthday=True,
        hint="For example, 27 3 1985. Leave it empty if it is not known yet.",
        required=False,
        earliest=date(1900, 1, 1),
    )
    pnc = referral_fields.Pnc(
        label="PNC number", hint="For example, 2003/0062845E", required=False, max_length=20, width=20
    )

    def __init__(self, *args: Any, programmes: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Offer the programmes of the partner register."""
        super().__init__(*args, **kwargs)
        self.offer("programme", list(programmes))

    @property
    def looked(self) -> bool:
        """Whether the officer read the results and says that the person is none of them."""
        return self.is_bound and self.data.get(NOBODY) == "yes"

    def called(self) -> str:
        """The whole name to look up."""
        return f"{self.cleaned_data['given_names']} {self.cleaned_data['family_name']}"

    def person(self) -> dict[str, Any]:
        """What is known of the person."""
        return {name: value for name, value in self.cleaned_data.items() if name != "programme"}


class Discard(Form):
    """Why a draft is discarded."""

    reason = fields.Choice(label="Why is it being discarded?", choices=DiscardReason.choices)

    def why(self) -> DiscardReason:
        """The coded reason."""
        return DiscardReason(self.cleaned_data["reason"])


class Withdrawal(Form):
    """Why a referral is taken back."""

    reason = fields.Choice(label="Why is the referral being withdrawn?", choices=WithdrawReason.choices)

    def why(self) -> WithdrawReason:
        """The coded reason."""
        return WithdrawReason(self.cleaned_data["reason"])
