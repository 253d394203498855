"""Forms about telling news."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.advocacy.contacts.forms import Finish
from desist.advocacy.contacts.states import Outcome
from desist.advocacy.updates.commands import Contact
from desist.advocacy.updates.states import Event
from desist.post.forms import Heard
from desist.ui import dates, fields, moments
from desist.ui.forms import Form

BOTH = "You ticked the same news as told and as not wanted: choose one"


class Tell(Finish):
    """How the contact ended, and the news told in it."""

    told = fields.Choices(
        label="Which news did you tell them?",
        choices=[],
        required=False,
        hint="Leave blank what you did not get to.",
    )
    unwanted = fields.Choices(
        label="Which did they not want to know?", choices=[], required=False, hint="It is not offered again."
    )

    def clean(self) -> dict[str, Any]:
        """Refuse news that is both told and not wanted."""
        cleaned = super().clean()
        if set(cleaned.get("told") or ()) & set(cleaned.get("unwanted") or ()):
            self.add_error("unwanted", BOTH)
        return cleaned

    def contact(self) -> Contact:
        """The argument for the command, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Contact(
            ended=Outcome(cleaned["outcome"]),
            note=cleaned["note"],
            next_on=cleaned["next_on"],
            told=cleaned["told"],
            unwanted=cleaned["unwanted"],
            why=self.why(),
        )


class News(Heard):
    """The news that the police told by telephone."""

    event = fields.Choice(label="What happened?", choices=Event.choices)
    on = moments.Day(label="Which day?", earliest=None)
    field_order = ("event", "on", "heard_on", "heard_time")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """`at` is the request's moment. The form refuses a later one."""
        super().__init__(data, at=at)
        self.today = dates.day_of(at)

    def clean(self) -> dict[str, Any]:
        """Refuse a future day, except a court date."""
        cleaned = super().clean()
        on = cleaned.get("on")
        if on and on > self.today and cleaned.get("event") != Event.ORDER_COURT:
            self.add_error(
                "on", f"The day must be {dates.on(self.today)} or earlier: only a court date can lie ahead"
            )
        return cleaned


class Entitlement(Form):
    """The clock that the Victims' Code sets."""

    enhanced = fields.YesNo(
        label="Does your client have the enhanced entitlement under the Victims’ Code?",
        hint="Vulnerable, intimidated, persistently targeted, or a victim of the most serious crime. "
        "A person who is stalked is persistently targeted, unless the police say otherwise.",
    )
