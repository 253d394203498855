"""The forms about an order that one force offers to another."""

from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

ANSWERS = [("accepted", "We take the order over"), ("refused", "We do not take it over")]


class Handover(Form):
    """The force of the area where the person now lives."""

    to = fields.Choice(label="Which force is to take over the order?", choices=[])
    area = fields.Token(
        label="Police area there", hint="As that force names it in Desist.", max_length=40, width=20
    )
    contact = fields.Name(
        label="Who can they telephone here?", hint="A name and a work telephone.", max_length=120
    )
    reason = fields.LongText(
        label="Why do you offer it?",
        hint="The other force reads this. For example: he moved there on 2 March and notified his address. Write no address or number of the protected person.",
        max_length=1000,
        rows=3,
        audience=Audience.CROSSES,
    )
    answer_by = moments.Day(
        label="By which day do they have to answer?",
        hint="Until they accept, the order stays yours. After this day the offer lapses.",
    )


class Answer(Form):
    """The answer to an order that another force offers."""

    answer = fields.Choice(label="What is your answer?", choices=ANSWERS, reveals={"refused": ["words"]})
    words = fields.LongText(
        label="Why not?",
        hint="The other force reads this. Write no address or number of the protected person.",
        max_length=1000,
        rows=3,
        audience=Audience.CROSSES,
    )


class Told(Form):
    """The answer of a force without software, as it was told by telephone."""

    answer = fields.Choice(
        label="What did they answer?",
        choices=[("accepted", "They take the order over"), ("refused", "They do not take it over")],
    )
    words = fields.LongText(
        label="Who said it, and why?",
        hint="A name, a role, and their reason if they refused.",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )
