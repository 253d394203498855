"""The form by which an administrator tells two accounts apart."""

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Apart(Form):
    """The administrator's evidence that two accounts are two people."""

    reason = fields.Text(
        label="How do you know that they are two people?",
        hint="Such as: both known in person; they share the computer in the back office. Every administrator sees this",
        missing="Say how you know that they are two people",
        max_length=300,
        audience=Audience.STAYS,
    )
