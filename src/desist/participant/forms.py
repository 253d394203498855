"""What the person types on their phone."""

from datetime import date
from typing import Any

from desist.participant.calls import Day
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

FIGURES = [(str(figure), str(figure)) for figure in range(6)]
#: what they did, apart from how strong the urge was; the programme's own codes
ACTS = [
    ("none", "I had no urge"),
    ("resisted", "I had an urge and did not act on it"),
    ("looked", "I looked the other person up"),
    ("near", "I went near a place of theirs"),
    ("contact", "I tried to make contact, or made it"),
    ("others", "I asked others about them, or sent someone"),
]
#: requests of one's rights -> the words of the button, and whether words go with it
RIGHTS = {
    "notice": "Give me the information notice again",
    "record": "Give me a copy of my record",
    "complaint": "I want to complain",
    "withdraw": "I no longer want to take part",
}
LONGEST = 2_000
SIX = "Choose six digits, with at least three different ones"
OTHER = "The two codes differ. Type the same six digits twice"


class Code(Form):
    """The six digits."""

    pin = fields.Token(label="Your code", required=False, max_length=40)

    @property
    def digits(self) -> str:
        """The digits as they were typed, without spaces; "" where they cannot be a code."""
        said = "".join(str(self.cleaned_data.get("pin") or "").split())
        return said if len(said) == 6 and said.isascii() and said.isdigit() else ""


class Begin(Code):
    """An invitation, and the six digits that the person chooses."""

    invitation = fields.Token(label="Code of the invitation", required=False, max_length=40)
    again = fields.Token(label="Your code again", required=False, max_length=40)

    @property
    def complaint(self) -> str:
        """What is wrong with the chosen digits, or ""."""
        if not self.digits or len(set(self.digits)) < 3:
            return SIX
        again = "".join(str(self.cleaned_data.get("again") or "").split())
        return "" if again == self.digits else OTHER


class Today(Form):
    """One day of the diary: everything may stay empty."""

    urge = fields.Choice(label="Strongest urge", choices=FIGURES, required=False)
    act = fields.Choice(label="What did you do?", choices=ACTS, required=False)
    anger = fields.Choice(label="Anger", choices=FIGURES, required=False)
    sadness = fields.Choice(label="Sadness", choices=FIGURES, required=False)
    shame = fields.Choice(label="Shame", choices=FIGURES, required=False)
    note = fields.LongText(
        label="What happened?", required=False, max_length=LONGEST, audience=Audience.STAYS
    )

    def day(self, day: date) -> Day:
        """The entry, once the form is valid."""
        said: dict[str, Any] = self.cleaned_data
        figures = {
            name: int(said[name]) if said[name] else None for name in ("urge", "anger", "sadness", "shame")
        }
        return Day(day, act=said["act"], note=said["note"], version=self.version or 0, **figures)


class Line(Form):
    """A line beside a tick or a request."""

    words = fields.LongText(label="A line", required=False, max_length=LONGEST, audience=Audience.STAYS)
