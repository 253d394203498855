"""What a commissioner asks."""

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Ask(Form):
    """A question to the service or force that sent a return."""

    words = fields.LongText(
        label="Your question",
        hint="The manager or force lead there reads this. No number below ten, no name, nothing about one person.",
        max_length=2000,
        rows=5,
        audience=Audience.CROSSES,
    )
