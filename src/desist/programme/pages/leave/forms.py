"""The forms of leave."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.pages.leave import queries
from desist.programme.practitioners.absences import commands
from desist.programme.practitioners.absences.states import Kind
from desist.ui import fields, moments
from desist.ui.forms import Form

LONGEST = 366


class Leave(Form):
    """The form for a practitioner's leave: from when to when, and who stands in."""

    first = moments.Day(label="First day away")
    last = moments.Day(label="Last day away")
    kind = fields.Choice(
        label="What kind of leave?", hint="Nothing about health is asked.", choices=Kind.choices
    )
    cover = fields.Pick(
        label="Who is covering?",
        hint="From the first day they can also see these people; nobody else can.",
        required=False,
        choices=[],
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, who: queries.LeavePractitioner) -> None:
        """Offer all other practitioners of the area."""
        super().__init__(data)
        self.offer("cover", [("", "Nobody"), *who.others])

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first, or more than a year after it."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": "The last day is before the first one"})
        if first and last and (last - first).days > LONGEST:
            raise ValidationError({"last": "This is more than a year. Record that they are leaving instead"})
        return cleaned

    def away(self) -> commands.Away:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Away(cleaned["first"], cleaned["last"], cleaned["kind"], cleaned["cover"])
