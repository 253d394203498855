"""The form that hands an order over."""

from desist.ui import fields
from desist.ui.forms import Form


class Handover(Form):
    """The force of the area where the person now lives."""

    to = fields.Choice(label="Which force is taking over the order?", choices=[])
    area = fields.Token(
        label="Police area there", hint="As that force names it in Desist.", max_length=40, width=20
    )
    contact = fields.Name(
        label="Who can they telephone here?", hint="A name and a work telephone.", max_length=120
    )
