"""The forms of a disclosure, on either side that writes it."""

from typing import Any

from desist.disclosure import codes
from desist.disclosure.copies import Content, Footing
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class FootingForm(Form):
    """The reason why the information may be disclosed."""

    basis = fields.Choice(
        label="On what basis?", choices=codes.Basis.choices, reveals={codes.Basis.AGREEMENT: ["agreement"]}
    )
    agreement = fields.Pick(
        label="Which sharing agreement?",
        hint="Only those in force today are offered.",
        choices=[],
        missing="Choose the sharing agreement. Renew an expired one in the register",
    )
    necessity = fields.LongText(
        label="Why is it needed?",
        hint="What could not be done without it. It is kept with this record.",
        max_length=2000,
        rows=3,
        audience=Audience.CROSSES,
    )
    proportionality = fields.LongText(
        label="Why is it no more than needed?",
        hint="What was left out, and why.",
        max_length=2000,
        rows=3,
        audience=Audience.CROSSES,
    )

    def footing(self) -> Footing:
        """The footing for the command, once the form is valid."""
        return Footing(**{name: self.cleaned_data[name] or "" for name in Footing.__dataclass_fields__})


class ContentForm(Form):
    """The exact copy."""

    words = fields.LongText(
        label="What is disclosed?",
        hint="Exactly as the other side will read it. No name, number or place that could identify or locate anyone.",
        max_length=4000,
        rows=6,
        audience=Audience.CROSSES,
    )
    nature = fields.Choice(label="Is it a fact or an assessment?", choices=codes.Nature.choices)
    as_of = moments.Day(label="What date does it relate to?")
    purpose = fields.Choice(label="What is it for?", choices=codes.Purpose.choices)
    may_be_raised = fields.YesNo(
        label="May it be raised with the participant?",
        hint="No, unless the police have already told the person. A person who hears it will ask who said it.",
        reveals={"yes": ["told_on"]},
    )
    told_on = moments.Day(label="When did the police tell the person?")

    def content(self) -> Content:
        """The content for the command, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Content(**{name: cleaned[name] for name in Content.__dataclass_fields__})


class Draft(ContentForm, FootingForm):
    """The exact copy, and the reason why it may be disclosed."""

    field_order = (*ContentForm.base_fields, *FootingForm.base_fields)


class Refuse(Form):
    """The reason for disclosing no information."""

    reason = fields.Choice(
        label="Why is nothing disclosed?",
        hint="Only this is sent. It is the same whether or not there is anything to disclose.",
        choices=codes.Refusal.choices,
    )


class Recall(Form):
    """The reason for a recall."""

    reason = fields.Choice(label="Why must it no longer be used?", choices=codes.Recall.choices)


class Confirm(Form):
    """A form without fields: its version says what was read."""
