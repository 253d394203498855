"""What an agency tells the service that referred a person, the same wherever it is asked; and for how long a link works."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desist.agencies import NEEDS_WORDS
from desist.answering.links import DAYS
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Answer(Form):
    """What the agency tells the service that referred."""

    said = fields.Choice(label="What do you tell them?", choices=[])
    on = moments.Day(label="The day")
    words = fields.LongText(
        label="In words",
        hint="The service that referred reads this. In danger, ring 999 first; a concern is read on the next working day.",
        required=False,
        max_length=1000,
        rows=4,
        audience=Audience.CROSSES,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        may_say: Sequence[tuple[str, str]],
        version: int,
        at: datetime,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        """`may_say` is what can be said of the referral as it stands; `known` is what a file said of it."""
        initial = {"on": dates.local(at).date(), **(known or {})}
        super().__init__(data, initial=initial, version=version)
        self.offer("said", may_say)
        self.limit("on", latest=at)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the code alone says too little."""
        cleaned = super().clean()
        if cleaned.get("said") in NEEDS_WORDS and not cleaned.get("words"):
            self.add_error("words", "Say in a sentence what the service must know")
        return cleaned


class Make(Form):
    """For how long a link works."""

    until = fields.Choice(
        label="How long does the link work?",
        hint="As long as you expect to hear from the agency. You can revoke it at any time.",
        choices=[(str(days), f"{days} days") for days in DAYS],
    )

    @property
    def days(self) -> int:
        """The number of days, once the form is valid."""
        return int(self.cleaned_data["until"])
