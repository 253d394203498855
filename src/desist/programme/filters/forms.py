"""What is said to keep a filter."""

from desist.programme.filters.states import List
from desist.ui import fields
from desist.ui.forms import Form


class Keep(Form):
    """The name of a filter, and the list that it is of."""

    of = fields.Choice(label="List", choices=List.choices)
    name = fields.Token(label="Name", max_length=40, missing="Give the filter a name")
