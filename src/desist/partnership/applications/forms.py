"""Forms about an application, the court's decision on it, and its service."""

from datetime import date
from typing import Any

from desist.orders.rules import COMMENCED
from desist.partnership.applications import codes
from desist.partnership.orders.forms import Dated
from desist.ui import fields, moments
from desist.ui.words import Audience


class Filing(Dated):
    """What the court is asked for, and which side asks."""

    kind = fields.Choice(
        label="What is the application for?",
        choices=codes.Kind.choices,
        reveals={codes.Kind.APPEAL.value: ["ground"]},
    )
    ground = fields.Choice(label="What is the appeal against?", choices=codes.Ground.choices)
    by = fields.Choice(label="Who is applying?", choices=codes.Side.choices)
    filed_on = moments.Day(label="When was it filed?", earliest=COMMENCED)
    hearing_on = moments.Day(label="Hearing", required=False, hint="Leave empty if it is not listed yet.")


class Ruling(Dated):
    """What the court decided. The form asks only what this kind of application needs."""

    outcome = fields.Choice(label="What did the court decide?", choices=codes.Outcome.choices)
    decided_on = moments.Day(label="When?", earliest=COMMENCED)
    period = fields.Choice(
        label="If it was renewed, for how long?",
        choices=[("fixed", "To a new last day"), ("further", "Until a further order")],
        reveals={"fixed": ["ends_on"]},
        required=False,
    )
    ends_on = moments.Day(label="New last day")
    consents = fields.Choices(
        label="Whose consent to the discharge did the court have?",
        hint="Needed before two years from the day the order was made (section 4(4)(b)).",
        choices=codes.Consent.choices,
        required=False,
    )
    lives_elsewhere = fields.Tick(
        label="The person lives in another police area of England or Wales than that of the force that applied",
        required=False,
    )
    note = fields.LongText(
        label="Who was heard, and what was decided",
        required=False,
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )

    def about(self, kind: str, today: date) -> "Ruling":
        """Ask only what concerns this kind of application."""
        for name, needed_by in {
            "period": codes.Kind.RENEW,
            "ends_on": codes.Kind.RENEW,
            "consents": codes.Kind.DISCHARGE,
            "lives_elsewhere": codes.Kind.DISCHARGE,
        }.items():
            if kind != needed_by:
                self.fields.pop(name)
        self.until(today, "decided_on")
        return self

    def clean(self) -> dict[str, Any]:
        """A granted renewal must say for how long."""
        cleaned = super().clean()
        if (
            "period" in self.fields
            and cleaned.get("outcome") == codes.Outcome.GRANTED
            and not cleaned.get("period")
        ):
            self.add_error("period", "Enter how long the order was renewed for")
        return cleaned


class Serve(Dated):
    """The service of a change."""

    on = moments.Day(label="When was the change served?", earliest=COMMENCED)
