"""The form by which a programme that works alone brings a table of referrals in."""

from collections.abc import Iterable
from typing import Any

from desist.programme.referrals.intake.forms import told, who_is_told
from desist.referral import bringing


class Bring(bringing.Bring):
    """The form for a table of referrals: whether it is only checked, and which partner is told of the people in it."""

    def __init__(self, *args: Any, partners: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Offer `partners`, those that are told by hand."""
        super().__init__(*args, **kwargs)
        self.fields["partner"] = who_is_told(partners)

    def told(self) -> str:
        """Return the partner's name, or "" for none."""
        return told(self.cleaned_data["partner"])
