"""The form of a guest's link."""

from desist.ui import fields
from desist.ui.forms import Form


class Code(Form):
    """The code that was read out over the telephone."""

    code = fields.Token(label="The code that you were told on the telephone", max_length=40, width=20)
