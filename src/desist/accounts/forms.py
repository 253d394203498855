"""The forms of the account pages."""

from collections.abc import Mapping
from typing import Any

from desist.ui import fields
from desist.ui.fields import Pairs
from desist.ui.forms import Form


class Switch(Form):
    """The role to switch to."""

    role = fields.Choice(label="Continue as", missing="Choose the role to continue in", choices=())

    def __init__(self, data: Mapping[str, Any] | None = None, *, roles: Pairs) -> None:
        """`roles` are those that the person holds beside the present one."""
        super().__init__(data)
        self.offer("role", roles)


class GiveRole(Form):
    """A role and where it is held."""

    role = fields.Choice(label="Role", choices=())
    area = fields.Choice(label="Area", choices=())

    def __init__(self, data: Mapping[str, Any] | None = None, *, roles: Pairs, areas: Pairs) -> None:
        """`roles` are those of this side of the wall, `areas` those of the site."""
        super().__init__(data)
        self.offer("role", roles)
        self.offer("area", areas)


class Confirm(Form):
    """A form without fields: sending it is the answer."""
