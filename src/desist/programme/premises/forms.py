"""What is written to list premises and rooms."""

from desist.ui import fields
from desist.ui.forms import Form


class Premises(Form):
    """A building."""

    name = fields.Name(label="What is the building called?", max_length=80)
    address = fields.Name(label="Address", required=False, max_length=200)
    book = fields.Choice(
        label="May sessions be held there?",
        choices=[("yes", "Yes"), ("never", "Never book this building")],
        hints={"never": "Nobody is asked why. Practitioners are not offered it and do not see it."},
    )


class Room(Form):
    """A room of a building."""

    name = fields.Name(label="What is the room called?", hint="For example, Room 2", max_length=38)
