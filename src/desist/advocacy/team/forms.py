"""The form that declares a link."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from desist.advocacy.team.states import LinkKind
from desist.references import LENGTH, typed
from desist.ui import fields, moments
from desist.ui.forms import Form

REFERENCE = re.compile(rf"[a-z0-9]{{{LENGTH}}}")


class Entry(Form):
    """What the register says of an advocate."""

    trained_on = moments.Day(
        label="Training signed off on",
        hint="Leave empty if it is not signed off: no client can be given to them until it is",
        required=False,
    )
    capacity = fields.Whole(label="Most clients at once", least=1, most=100, width=2)
    left_on = moments.Day(
        label="Left on",
        hint="Only for an advocate who is leaving; give their clients to others first",
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any], at: datetime
    ) -> None:
        """`at` is the request's moment: no training is signed off in the future."""
        super().__init__(data, initial=initial)
        self.limit("trained_on", latest=at)


class Declaration(Form):
    """The advocate and their link."""

    advocate = fields.Choice(label="Who has this link?", choices=[])
    kind = fields.Choice(
        label="What is the link?",
        hint="Nothing more than this is asked or kept.",
        choices=LinkKind.choices,
    )
    person = fields.Token(
        label="Reference of the client",
        hint="As shown on the client’s page, like K7F2-M9PX-4C. Leave it empty if the link is to people who stalk in general.",
        max_length=20,
        width=20,
        required=False,
    )

    def clean_person(self) -> str:
        """Allow a reference and nothing else: the field is kept in clear, and a name must not be."""
        person = typed(self.cleaned_data["person"])
        if person and not REFERENCE.fullmatch(person):
            raise ValidationError("Enter the reference as shown on the client’s page, like K7F2-M9PX-4C")
        return person
