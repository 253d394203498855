"""Forms about telling a victim who an online stalker is."""

from desist.partnership.identities import codes
from desist.partnership.orders.forms import Dated
from desist.ui import fields, moments
from desist.ui.words import Audience


class Decide(Dated):
    """The decision, with the safety plan first."""

    plan_on = moments.Day(
        label="When was the safety plan made or reviewed?",
        hint="Make the safety plan before the victim is told. Leave this empty only if the victim is not told now.",
        required=False,
    )
    plan_with = fields.Text(
        label="Who with?",
        hint="For example “the independent stalking advocate”. No name of the victim.",
        required=False,
        max_length=100,
        audience=Audience.STAYS,
    )
    crime_reference = fields.CrimeReference(label="Crime reference")
    decision = fields.Choice(label="What is your decision?", choices=codes.Decision.choices)
    reason = fields.LongText(
        label="Why",
        hint="Write nothing that could identify or locate the victim.",
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )


class Told(Dated):
    """The record that the victim was told."""

    on = moments.Day(label="When was the victim told?")
    how = fields.Choice(label="How?", choices=codes.How.choices)
