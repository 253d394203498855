"""What is asked of a contact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.programme.sessions.contacts.commands import NotedContact
from desist.programme.sessions.contacts.states import Begun, Outcome, Party, Purpose, Way
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Contact(Form):
    """Who it was, when, how, what for, what came of it."""

    party = fields.Pick(
        label="Who was the contact with?",
        choices=Party.choices,
        hint="Never a victim. If a victim rings, give them the advocacy service’s number and note nothing here",
    )
    who = fields.Text(
        label="Their name and role",
        hint="Where it was not the person themselves",
        required=False,
        max_length=80,
        audience=Audience.STAYS,
    )
    held_on = moments.Day(label="On which day?")
    held_time = moments.Clock(label="At what time?")
    begun = fields.Choice(label="Who contacted whom?", choices=Begun.choices)
    way = fields.Pick(label="How?", choices=Way.choices)
    purpose = fields.Pick(label="What was it for?", choices=Purpose.choices)
    outcome = fields.Choice(label="Outcome", choices=Outcome.choices)
    words = fields.LongText(
        label="What was said or agreed?",
        hint="What a colleague needs to know. Nothing about where anyone else lives, works or goes",
        required=False,
        max_length=10_000,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """`at` is the request's moment: nothing was said after it."""
        here = dates.local(at)
        super().__init__(data, initial={"held_on": here.date(), "held_time": here.time().replace(second=0)})
        self.at = at
        self.limit("held_on", latest=here.date())

    def clean(self) -> dict[str, Any]:
        """Nothing was said in the future, and an answer says something; another party than the person has a name."""
        cleaned = super().clean()
        if cleaned.get("held_on") and cleaned.get("held_time") and self.held_at() > self.at:
            self.add_error("held_time", "This time is in the future. Enter when the contact took place")
        if cleaned.get("outcome") == Outcome.SPOKE and cleaned.get("words") == "":
            self.add_error("words", "Enter what was said or agreed")
        if cleaned.get("party") not in (None, Party.PERSON) and cleaned.get("who") == "":
            self.add_error("who", "Enter their name and role")
        return cleaned

    def held_at(self) -> datetime:
        """The moment at which it was."""
        return dates.moment(self.cleaned_data["held_on"], self.cleaned_data["held_time"])

    def said(self) -> NotedContact:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return NotedContact(
            held_at=self.held_at(),
            party=Party(cleaned["party"]),
            who=cleaned["who"],
            begun=Begun(cleaned["begun"]),
            way=Way(cleaned["way"]),
            purpose=Purpose(cleaned["purpose"]),
            outcome=Outcome(cleaned["outcome"]),
            words=cleaned["words"],
        )


class Strike(Form):
    """Why a contact does not count."""

    reason = fields.Text(
        label="Why was it noted by mistake?",
        hint="For example: about another person",
        audience=Audience.STAYS,
    )
