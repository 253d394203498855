"""The form of how a person works between the sessions."""

from collections.abc import Mapping
from typing import Any

from desist.programme.plans.between.commands import Setting
from desist.programme.plans.between.states import Because, Edition
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Between(Form):
    """On paper alone or not, which print, and the words for the place. An address is not kept, whatever the reason."""

    asks = False
    instead = "leave it empty"

    on_paper = fields.YesNo(
        label="Do they work on paper alone?",
        hint="Read their orders first. On paper alone, everything is printed, what comes back is typed here, a phone in use is ended, and so are reminders",
        reveals={"yes": ["because"]},
    )
    because = fields.Choice(label="Why?", choices=Because.choices, required=False)
    edition = fields.Choice(
        label="Which print?",
        choices=Edition.choices,
        hints={
            Edition.EASY.value: "Short sentences in large print. Nobody who uses easy read has checked Desist’s words yet.",
            Edition.WELSH.value: "No reader of Welsh has checked Desist’s words: have a reader of Welsh on your staff read a sheet before it goes out.",
        },
    )
    place = fields.Text(
        label="Words agreed with the person for the place",
        hint="The person sees this on the appointment card and on their phone. For example: “the usual room”. Never an address",
        required=False,
        max_length=80,
        audience=Audience.SHOWN,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, setting: Setting, version: int, ordered: bool = False
    ) -> None:
        """`setting` is what stands; where an order came since, whether they work on paper alone is asked anew."""
        initial = {
            "on_paper": ("yes" if setting.on_paper else "no") if version and not ordered else "",
            "because": setting.because,
            "edition": setting.edition,
            "place": setting.place,
        }
        super().__init__(data, initial=initial, version=version)

    def clean(self) -> dict[str, Any]:
        """Work on paper alone has its reason."""
        cleaned = super().clean()
        if cleaned.get("on_paper") and not cleaned.get("because") and "because" not in self.errors:
            self.add_error("because", "Choose why they work on paper alone")
        return cleaned

    def override(self) -> None:
        """No answer lets such words onto a card or a phone."""

    def setting(self) -> Setting:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return Setting(
            cleaned["because"] if cleaned["on_paper"] else "", cleaned["edition"], cleaned["place"]
        )
