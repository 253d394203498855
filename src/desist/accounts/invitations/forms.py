"""The forms of invitations."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from desist.ui import fields
from desist.ui.fields import Pairs
from desist.ui.forms import Form
from desist.ui.words import Audience


class Invite(Form):
    """The person to invite, their role, and its area."""

    name = fields.Name(label="Full name", hint="As colleagues know them", max_length=80)
    email = fields.Token(label="Work e-mail address", max_length=254)
    role = fields.Choice(label="Role", choices=())
    area = fields.Choice(label="Area", choices=())

    def __init__(self, data: Mapping[str, Any] | None = None, *, roles: Pairs, areas: Pairs) -> None:
        """`roles` are those of this side of the wall, `areas` those of the site."""
        super().__init__(data)
        self.offer("role", roles)
        self.offer("area", areas)

    def clean_email(self) -> str:
        """Return one address, in small letters."""
        email = str(self.cleaned_data["email"]).lower()
        if not re.fullmatch(r"[^\s,;<>@\"]+@[^\s,;<>@\"]+\.[^\s,;<>@\".]+", email):
            raise ValidationError("Enter an e-mail address such as sam.lowe@service.example")
        return email


class Reset(Form):
    """The reason for deleting a person's factors."""

    reason = fields.Text(
        label="Why are they reset?",
        hint="Such as: lost the telephone and the printed codes; known in person. The person and every administrator see this",
        missing="Say why they are reset",
        max_length=200,
        audience=Audience.STAYS,
    )
