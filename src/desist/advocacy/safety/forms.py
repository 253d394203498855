"""Forms about needs, plans, choices, children and notes."""

from desist.advocacy.safety import states, texts
from desist.circumstances import forms as circumstances
from desist.ui import fields, moments
from desist.ui.forms import Form, Read
from desist.ui.words import Audience

PLACES = "Write “their home” or “their work”, not the address."


class Plan(Read):
    """The safety plan, part by part."""

    now = fields.LongText(
        label="In danger",
        hint="What they do first. In danger: 999.",
        required=False,
        rows=3,
        audience=Audience.STAYS,
    )
    home = fields.LongText(label="At home", hint=PLACES, required=False, rows=3, audience=Audience.STAYS)
    work = fields.LongText(
        label="At work or college", hint=PLACES, required=False, rows=3, audience=Audience.STAYS
    )
    travel = fields.LongText(
        label="On the way, and in public", required=False, rows=3, audience=Audience.STAYS
    )
    online = fields.LongText(label="Devices and online", required=False, rows=3, audience=Audience.STAYS)
    children = fields.LongText(label="Children", required=False, rows=3, audience=Audience.STAYS)
    people = fields.LongText(
        label="Who knows, and who helps", required=False, rows=3, audience=Audience.STAYS
    )
    review_on = moments.Day(label="When to review it")

    def plan(self) -> texts.Plan:
        """The argument for the command, once the form is valid."""
        return texts.Plan(**{name: self.cleaned_data[name] for name in texts.Plan.__dataclass_fields__})


class Need(Read):
    """A need of the client."""

    domain = fields.Pick(label="What is it about?", choices=states.Domain.choices)
    words = fields.LongText(
        label="What do they need?", hint=PLACES, max_length=2000, rows=3, audience=Audience.STAYS
    )


class Settle(Form):
    """What became of a need."""

    state = fields.Choice(label="What was the outcome?", choices=states.NeedState.choices)


class Support(Form):
    """The agency to ask."""

    agency = fields.Text(label="Which agency, and who there", max_length=200, audience=Audience.STAYS)


class Outcome(Form):
    """The agency's answer."""

    outcome = fields.Choice(label="What was the outcome?", choices=states.SupportOutcome.choices)


class Choice(Read):
    """One choice of the client."""

    whom = fields.Choice(label="Who would be told?", choices=states.Whom.choices)
    what = fields.Choice(label="What would they be told?", choices=states.What.choices)
    allowed = fields.YesNo(label="Does your client agree to this?")
    until = moments.Day(label="When does this choice end?", required=False)
    words = fields.LongText(
        label="In their own words, with any conditions",
        required=False,
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )


class Child(circumstances.Relative):
    """A child or relative of the client."""

    contact = fields.YesNo(
        label="Does the person who stalks have contact with them, by right or by order?", required=True
    )


class Note(Read):
    """A note in one of two layers."""

    layer = fields.Choice(
        label="What is this note for?",
        choices=states.Layer.choices,
        hints={
            states.Layer.EVIDENCE.value: "A court may hand it to the person who stalks them. Facts only.",
            states.Layer.PRIVATE.value: "What you think, and how they are. It stays in this service.",
        },
    )
    words = fields.LongText(label="Note", hint=PLACES, max_length=8000, audience=Audience.CROSSES)
