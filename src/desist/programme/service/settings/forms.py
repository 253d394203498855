"""The forms that edit the registers, one a register."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.programme.service.settings.kinds import AGENCY, PRACTITIONER, WORDS, Kind
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

WHY, EXAMPLE = "Why is it changed?", "This is shown in the history. For example, training signed off in May"


class Practitioner(Form):
    """The form for a practitioner in the register."""

    profession = fields.Choice(label="Profession", choices=list(WORDS["profession"].items()))
    registered_with = fields.Pick(
        label="Registered with",
        missing="Choose the body they are registered with",
        choices=list(WORDS["registered_with"].items()),
    )
    registration = fields.Token(label="Registration number", max_length=60, width=20)
    registered_until = moments.Day(
        label="Registration runs until", hint="Leave empty if the body gives no end date", required=False
    )
    trained_on = moments.Day(
        label="Training for this programme signed off on",
        hint="You are recorded as signing it off. Leave empty if it is not signed off: nobody can be allocated until it is",
        required=False,
    )
    capacity = fields.Whole(label="Most people at once", least=0, most=40, width=2)
    left_on = moments.Day(
        label="Left on",
        hint="Only for a practitioner who is leaving; hand their people to others first",
        required=False,
    )
    reason = fields.Text(label=WHY, hint=EXAMPLE, audience=Audience.STAYS)


class Agency(Form):
    """The form for an agency in the directory."""

    name = fields.Name(label="Name of the agency", max_length=120)
    needs = fields.Choices(label="What can it help with?", choices=list(WORDS["needs"].items()))
    phone = fields.Token(label="Telephone", required=False, max_length=40, width=20)
    how = fields.LongText(label="How to refer a person", required=False, rows=3, audience=Audience.STAYS)
    reason = fields.Text(label=WHY, hint=EXAMPLE, audience=Audience.STAYS)


FORMS: Mapping[str, type[Form]] = {PRACTITIONER.key: Practitioner, AGENCY.key: Agency}


def of(
    kind: Kind,
    data: Mapping[str, Any] | None,
    *,
    values: Mapping[str, Any],
    version: int | None = None,
    at: datetime,
) -> Form:
    """Return the form of a register, filled with a row's `values`. A training day lies at or before `at`."""
    form = FORMS[kind.key](data, initial=values, version=version)
    if "trained_on" in form.fields:
        form.limit("trained_on", latest=at)
    return form


def values_of(kind: Kind, form: Form) -> dict[str, Any]:
    """Return what the command takes, once the form is valid."""
    return {name: form.cleaned_data[name] for name in kind.fields if name in form.cleaned_data}
