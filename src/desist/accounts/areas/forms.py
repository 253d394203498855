"""The forms that name an area."""

from desist.ui import fields
from desist.ui.forms import Form


class NewArea(Form):
    """The first name of an area."""

    name = fields.Name(
        label="Name of the area",
        hint="The police area as every partner names it, such as Northmere: what comes from them names it so",
        missing="Enter the name of the area",
        max_length=40,
    )


class RenamedArea(Form):
    """Another name of an area."""

    name = fields.Name(
        label="Name on the pages of this site", missing="Enter the name of the area", max_length=40
    )
