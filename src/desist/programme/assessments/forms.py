"""What is written for and in an assessment."""

from datetime import datetime

from desist.programme.assessments import commands
from desist.programme.assessments.records import FIELDS, TITLES
from desist.programme.assessments.records import Words as Kept
from desist.ui import dates, fields, moments
from desist.ui.forms import Draft, Form

LONG = 50_000


class Appointment(Form):
    """When and where."""

    day = moments.Day(label="The day")
    time = moments.Clock(label="The time")
    place = fields.Text(
        label="Where?", hint="A room, or “remote”. Never at the person’s home.", max_length=120
    )

    def appointment(self) -> commands.Appointment:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        starts_at = datetime.combine(cleaned["day"], cleaned["time"], tzinfo=dates.LONDON)
        return commands.Appointment(starts_at, cleaned["place"])


class Words(Draft):
    """The whole assessment. Everything may stay empty while it is being written."""

    needs = fields.LongText(
        label=TITLES["needs"],
        hint="Health, mind, substances, housing, money, work, interpreter, access",
        required=False,
        max_length=LONG,
        rows=4,
    )
    children_and_family = fields.LongText(
        label=TITLES["children_and_family"],
        hint="Children in contact with the person, who looks after them, what other services know",
        required=False,
        max_length=LONG,
        rows=4,
    )
    risk = fields.LongText(
        label=TITLES["risk"],
        hint="To others, to themselves, to staff; what makes it more likely, what holds it back. Judgements made with a tool are recorded under Risk.",
        required=False,
        max_length=LONG,
        rows=5,
    )
    story = fields.LongText(
        label=TITLES["story"],
        hint="How it came about, as they tell it. Nothing that a victim told.",
        required=False,
        max_length=LONG,
        rows=6,
    )
    formulation = fields.LongText(
        label=TITLES["formulation"],
        hint="Why it happens and why it goes on: the root of the issue, as far as you understand it together",
        required=False,
        max_length=LONG,
        rows=6,
    )
    protective_factors = fields.LongText(
        label=TITLES["protective_factors"],
        hint="People, work, places and habits that help",
        required=False,
        max_length=LONG,
        rows=4,
    )

    def words(self) -> Kept:
        """What the command takes, once the form is valid."""
        return Kept(**{name: self.cleaned_data[name] for name in FIELDS})


class Finish(Form):
    """Nothing to fill in: it is read once more and closed."""


class Cancel(Form):
    """Why it does not take place."""

    reason = fields.Text(
        label="Why is it cancelled?", hint="For example: did not come; ill; moved to a later week"
    )
