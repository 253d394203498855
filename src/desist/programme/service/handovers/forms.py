"""What is said to refuse what a colleague hands over."""

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Refusal(Form):
    """Why it cannot be taken over."""

    words = fields.LongText(
        label="Why can you not take this over?",
        hint="Your manager reads it and decides. Do not describe a link to the person: declare it under People you know.",
        missing="Say in a sentence why you cannot take this over",
        rows=2,
        audience=Audience.STAYS,
    )
