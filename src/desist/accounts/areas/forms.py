"""The form that names an area."""

from desist.ui import fields
from desist.ui.forms import Form


class NamedArea(Form):
    """The name of an area."""

    name = fields.Name(
        label="Name of the area",
        hint="The police area as every partner names it, such as Northmere: what comes from them names it so",
        missing="Enter the name of the area",
        max_length=40,
    )
