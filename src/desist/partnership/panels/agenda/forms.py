"""The forms of a case on a panel's agenda."""

from collections.abc import Mapping
from typing import Any

from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

WHY = "The police and the chair read this; no agency does."
ADVICE = "Advice alone: no papers, no actions"


class Put(Form):
    """A case for the agenda of a meeting."""

    meeting = fields.Choice(label="Which meeting should hear this case?", choices=[])
    why = fields.LongText(
        label="Why should it be heard?", hint=WHY, max_length=1000, rows=4, audience=Audience.STAYS
    )
    consultation = fields.Tick(label=ADVICE, required=False)


class Add(Form):
    """A case for the agenda whose page is open."""

    case = fields.Name(
        label="Whose case is it?",
        hint="The reference of the referral, or the person’s whole name.",
        max_length=120,
    )
    why = fields.LongText(
        label="Why should it be heard?", hint=WHY, max_length=1000, rows=4, audience=Audience.STAYS
    )
    consultation = fields.Tick(label=ADVICE, required=False)


class Change(Form):
    """What is said of a case on the agenda."""

    position = fields.Whole(label="Place on the agenda", least=1, most=200)
    review_on = moments.Day(label="When is the case looked at again?", required=False)
    why = fields.LongText(
        label="Why is it heard?", hint=WHY, max_length=1000, rows=4, audience=Audience.STAYS
    )
    consultation = fields.Tick(label=ADVICE, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, known: Mapping[str, Any], version: int
    ) -> None:
        """`known` is what is said of the case now."""
        super().__init__(data, initial=known, version=version)


class TakeOff(Form):
    """Nothing to fill in."""
