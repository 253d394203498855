"""What somebody writes when they take an alert up."""

from desist.ui import fields
from desist.ui.forms import Form


class Acknowledgement(Form):
    """That it is taken up, and what was done."""

    note = fields.LongText(
        label="What did you do?", hint="Whom you called, and what was agreed.", max_length=2000
    )
