"""The part of a copy that is saved."""

from desist.ui import fields
from desist.ui.forms import Form


class Copy(Form):
    """The part of a copy, from 0."""

    part = fields.Whole(label="Part")
