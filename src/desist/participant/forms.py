"""What the person types on their phone."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from desist.instruments.fhir import Wording
from desist.instruments.model import Instrument
from desist.participant.calls import Day, Own, Tried
from desist.skills import catalogue
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
#: the skill of a day that had none
NO_SKILL = "none"
#: requests of one's rights -> the words of the button, and whether words go with it
RIGHTS = {
    "notice": "Give me the information notice again",
    "record": "Give me a copy of my record",
    "complaint": "I want to complain",
    "withdraw": "I no longer want to take part",
}
#: whether a skill helped; the programme's own codes
HELPED = {
    "yes": "It helped",
    "little": "It helped a little",
    "no": "It did not help",
    "worse": "It made it worse",
}
#: the four questions about a session, in the order of the programme's columns, and their answers
FEEDBACK = (
    "I could say what I think",
    "I understood what we did and why",
    "The pace was right for me",
    "I know what I will do until next time",
)
AGREES = [("1", "Not at all"), ("2", "A little"), ("3", "Mostly"), ("4", "Fully")]
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
    skill = fields.Choice(
        label="Which skill did you use?",
        choices=[(NO_SKILL, "None"), *catalogue.CHOICES],
        required=False,
    )
    note = fields.LongText(
        label="What happened?", required=False, max_length=LONGEST, audience=Audience.STAYS
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, day: Day, own: Sequence[Own], skill: str = ""
    ) -> None:
        """`day` is what is kept with its `skill`, `own` the rows of the person's own."""
        figures = {name: getattr(day, name) for name in ("urge", "anger", "sadness", "shame")}
        figures |= {f"own_{one.ref}": one.figures.get(day.day.isoformat()) for one in own}
        said = {name: "" if figure is None else str(figure) for name, figure in figures.items()}
        said |= {"act": day.act, "note": day.note, "skill": skill}
        super().__init__(data, initial=said, version=day.version)
        self.own = [f"own_{one.ref}" for one in own]
        for name, one in zip(self.own, own, strict=True):
            self.fields[name] = fields.Choice(label=one.name, choices=FIGURES, required=False)

    def day(self, day: date) -> Day:
        """The entry, once the form is valid."""
        said: dict[str, Any] = self.cleaned_data
        figures = {name: _figure(said[name]) for name in ("urge", "anger", "sadness", "shame")}
        return Day(day, act=said["act"], note=said["note"], version=self.version or 0, **figures)

    @property
    def used(self) -> str | None:
        """The skill that was chosen, "" for none; None where nothing was."""
        said = str(self.cleaned_data["skill"])
        return (said if said != NO_SKILL else "") if said else None

    def figures(self) -> dict[str, int | None]:
        """The figures of the rows of the person's own, by their references."""
        return {name.removeprefix("own_"): _figure(self.cleaned_data[name]) for name in self.own}


def posted(data: Mapping[str, Any]) -> list[Own]:
    """The rows of their own that a form names; the database refuses any that is not theirs. One that ended meanwhile is."""
    return [Own(name.removeprefix("own_"), "", {}) for name in data if name.startswith("own_")][:20]


class Practice(Form):
    """One time that a skill was tried: how many days ago, whether it helped, and a line."""

    ago = fields.Choice(label="When?", choices=[(str(back), str(back)) for back in range(7)])
    helped = fields.Choice(
        label="Did it help?", choices=list(HELPED.items()), missing="Say whether it helped"
    )
    note = fields.LongText(label="A line about it", required=False, max_length=400, audience=Audience.STAYS)

    def tried(self, *, skill: str, today: date) -> Tried:
        """What was tried, once the form is valid."""
        day = today - timedelta(days=int(self.cleaned_data["ago"]))
        return Tried(day, skill, self.cleaned_data["helped"])


class Sheet(Form):
    """The questions of an instrument; each may be left out. Without a wording the figures alone are read."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, instrument: Instrument, wording: Wording | None
    ) -> None:
        """A field for each question."""
        super().__init__(data)
        for place, item in enumerate(instrument.items):
            pairs = [(str(figure), str(figure)) for figure in instrument.figures]
            label = item.topic
            if wording:
                asked = wording.questions[place]
                label, pairs = asked.text, [(str(figure), words) for figure, words in asked.answers]
            name = f"item_{item.number}"
            self.fields[name] = fields.Choice(label=label, choices=pairs, required=False)

    def answers(self) -> tuple[int | None, ...]:
        """The figures in the order of the form, once it is valid."""
        return tuple(_figure(said) for said in self.cleaned_data.values())


class Feedback(Form):
    """Four questions about the last session, in our own words."""

    said, understood, pace, clear = (
        fields.Choice(label=sentence, choices=AGREES, missing=f"Choose an answer: {sentence}")
        for sentence in FEEDBACK
    )

    def answers(self) -> tuple[int, ...]:
        """1 (not at all) to 4 (fully) each, once the form is valid."""
        return tuple(int(self.cleaned_data[name]) for name in self.fields)


class Line(Form):
    """A line beside a tick or a request."""

    words = fields.LongText(label="A line", required=False, max_length=LONGEST, audience=Audience.STAYS)


def _figure(said: str) -> int | None:
    return int(said) if said else None
