"""One condition of an order."""

from desist.partnership.orders import codes
from desist.ui import fields, moments
from desist.ui.forms import Form


class Condition(Form):
    """A prohibition or requirement, as the court is asked for it or made it."""

    kind = fields.Choice(label="Prohibition or requirement?", choices=codes.ConditionKind.choices)
    text = fields.LongText(
        label="The words of the condition",
        hint="They are served on the person. Do not name a place or number that the person does not already know.",
        max_length=2000,
        rows=4,
    )
    channel = fields.Choice(label="What is it about?", choices=codes.Channel.choices)
    area_words = fields.Text(
        label="The area in words",
        hint="Only for a place or area: for example “the area on the court’s map A”. No street, no postcode. "
        "A programme that the person attends is told these words.",
        required=False,
    )
    begins_on = moments.Day(
        label="Begins on", required=False, hint="Leave empty if it begins with the order."
    )
    ends_on = moments.Day(
        label="Last day", required=False, hint="Leave empty if it lasts as long as the order."
    )
    necessity = fields.LongText(
        label="Why is it necessary?",
        hint="To protect from a risk associated with stalking (section 2(2)).",
        max_length=2000,
        rows=3,
    )
    checked = fields.Choices(
        label="What was looked at?",
        hint="So far as practicable a condition avoids these (section 2(3)). Tick what was checked.",
        choices=codes.Checked.choices,
        required=False,
    )
