"""The forms that type a referral in, beside the sections of desist.referral.forms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from desist.referral import fields as referral_fields
from desist.referral.forms import Confirmed
from desist.referral.lists import DiscardReason
from desist.ui import fields, moments
from desist.ui.forms import Form

#: the answer that a search's results were read and none is the person
NOBODY = "nobody_of_these"
NOBODY_TOLD = "nobody"


class Start(Form):
    """The form that starts a referral: the person, looked up first, and the partner who hears the decision."""

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

    def __init__(self, *args: Any, partners: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Offer the partners that are told by hand."""
        super().__init__(*args, **kwargs)
        self.fields["partner"] = who_is_told(partners)

    @property
    def looked(self) -> bool:
        """Whether the actor read the results and the person is none of them."""
        return self.is_bound and self.data.get(NOBODY) == "yes"

    def called(self) -> str:
        """Return the whole name that is looked up."""
        return f"{self.cleaned_data['given_names']} {self.cleaned_data['family_name']}"

    def person(self) -> dict[str, Any]:
        """Return what is known of the person."""
        return {name: value for name, value in self.cleaned_data.items() if name != "partner"}

    def told(self) -> str:
        """Return the partner's name, or "" for none."""
        return told(self.cleaned_data["partner"])


def who_is_told(partners: Iterable[tuple[str, str]]) -> fields.Choice:
    """Return the question which partner is told; without one, decisions, alerts and progress stay here."""
    return fields.Choice(
        label="Who is to be told the decision?",
        hint="You tell them by telephone: Desist makes a task with the words ready. They get alerts too.",
        choices=[*partners, (NOBODY_TOLD, "Nobody, or they are told in person")],
    )


def told(chosen: str) -> str:
    """Return the name of the chosen partner, or "" for none."""
    return "" if chosen == NOBODY_TOLD else chosen


class Told(Form):
    """The form that names a partner for a referral that has none."""

    partner = fields.Choice(
        label="Who is to be told the decision?",
        hint="From now on. You tell them by telephone: Desist makes a task with the words ready.",
        choices=[],
    )

    def __init__(self, *args: Any, partners: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Offer the partners that are told by hand."""
        super().__init__(*args, **kwargs)
        self.offer("partner", list(partners))


class Discard(Form):
    """The form that says why a draft is discarded."""

    reason = fields.Choice(label="Why is it being discarded?", choices=DiscardReason.choices)

    def why(self) -> DiscardReason:
        """Return the coded reason."""
        return DiscardReason(self.cleaned_data["reason"])


class TakeIn(Confirmed):
    """The form that says when the complete referral was there."""

    complete_on = moments.Day(
        label="When did the complete referral reach you?",
        hint="The 14 days to allocation are counted from this day, whenever you enter it.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Limit the day to `today` in London and earlier."""
        super().__init__(*args, **kwargs)
        self.limit("complete_on", latest=today)
