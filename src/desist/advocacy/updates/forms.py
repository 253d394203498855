"""What is filled in about telling news."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.advocacy.contacts.forms import Finish
from desist.advocacy.contacts.states import Outcome
from desist.advocacy.updates.commands import Contact
from desist.advocacy.updates.states import Event
from desist.ui import dates, fields, moments
from desist.ui.forms import Form

BOTH = "You ticked the same news as told and as not wanted: choose one"


class Tell(Finish):
    """How the contact ended, and which news was told in it."""

    told = fields.Choices(
        label="Which news did you tell them?",
        choices=[],
        required=False,
        hint="Leave open what you did not get to.",
    )
    unwanted = fields.Choices(
        label="Which did they not want to know?", choices=[], required=False, hint="It is not offered again."
    )

    def clean(self) -> dict[str, Any]:
        """The same news is not both."""
        cleaned = super().clean()
        if set(cleaned.get("told") or ()) & set(cleaned.get("unwanted") or ()):
            self.add_error("unwanted", BOTH)
        return cleaned

    def contact(self) -> Contact:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Contact(
            ended=Outcome(cleaned["outcome"]),
            note=cleaned["note"],
            next_on=cleaned["next_on"],
            told=cleaned["told"],
            unwanted=cleaned["unwanted"],
        )


class News(Form):
    """What the police told by telephone."""

    event = fields.Choice(label="What happened?", choices=Event.choices)
    on = moments.Day(label="On which day?", earliest=None)
    told_on = moments.Day(label="On which day did they tell you?", earliest=None)
    told_time = moments.Clock(label="At what time?")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """`at` is the request's moment: nothing was told after it."""
        here = dates.local(at)
        super().__init__(data, initial={"told_on": here.date(), "told_time": here.time().replace(second=0)})
        self.at = at
        for name in ("on", "told_on"):
            self.fields[name].latest = here.date()  # type: ignore[attr-defined]  # a moments.Day

    def clean(self) -> dict[str, Any]:
        """Nothing that is still ahead."""
        cleaned = super().clean()
        if cleaned.get("told_on") and cleaned.get("told_time") and self.told_at() > self.at:
            self.add_error("told_time", "This moment is still ahead")
        return cleaned

    def told_at(self) -> datetime:
        """The moment, in London."""
        cleaned = self.cleaned_data
        return datetime.combine(cleaned["told_on"], cleaned["told_time"], tzinfo=dates.LONDON)


class Entitlement(Form):
    """Which clock the Victims' Code sets."""

    enhanced = fields.YesNo(
        label="Has your client the enhanced entitlement of the Victims’ Code?",
        hint="Vulnerable, intimidated, persistently targeted, or a victim of the most serious crime. "
        "Somebody who is stalked is persistently targeted, unless the police say otherwise.",
    )
