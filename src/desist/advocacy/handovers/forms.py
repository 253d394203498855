"""The forms about a client who is offered to another advocate."""

from desist.ui import fields, moments
from desist.ui.forms import Read
from desist.ui.words import Audience


class Offer(Read):
    """The advocate who is asked, and why."""

    to = fields.Choice(label="Who is to take the client over?", choices=[])
    knows = fields.Choice(
        label="For another service: does the client know that all of the record goes there, and agree?",
        choices=[("yes", "Yes"), ("no", "No, or not asked yet")],
        required=False,
    )
    reason = fields.LongText(
        label="Why?",
        hint="Your colleague and the manager read this.",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )
    answer_by = moments.Day(
        label="By which day do they have to answer?",
        hint="Until they accept, nothing changes. After this day the offer lapses.",
    )


class Answer(Read):
    """The answer of the advocate who is asked."""

    answer = fields.Choice(
        label="What is your answer?",
        choices=[("accepted", "I take the client over"), ("refused", "I cannot take the client over")],
        reveals={"refused": ["words"]},
    )
    words = fields.LongText(
        label="Why not?",
        hint="Your colleague and the manager read this.",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )
