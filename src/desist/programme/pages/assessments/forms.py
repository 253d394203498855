"""The forms for and in an assessment."""

from typing import ClassVar

from desist.programme.assessments.records import FIELDS, TITLES
from desist.programme.assessments.records import Words as Kept
from desist.programme.assessments.states import How
from desist.programme.calendar.appointments import commands
from desist.programme.calendar.planner.forms import WhereAndWho
from desist.programme.curriculum.outline import LEAST_MINUTES, MOST_MINUTES
from desist.ui import fields, moments
from desist.ui.forms import Draft, Form
from desist.ui.words import Audience

LONG = 50_000


class Appointment(WhereAndWho):
    """When and where."""

    BESIDE: ClassVar = [(one.value, one.label) for one in How if one is not How.ROOM]
    NOWHERE: ClassVar = frozenset({How.VIDEO.value, How.TELEPHONE.value})
    AT: ClassVar = "time"

    day = moments.Day(label="The day")
    time = moments.Clock(label="The time")
    minutes = fields.Whole(label="Minutes", least=LEAST_MINUTES, most=MOST_MINUTES, hint="30 to 150", width=3)
    room = fields.Choice(
        label="Where?", choices=[], reveals={How.ELSEWHERE: ["elsewhere", "elsewhere_reason"]}
    )
    elsewhere = fields.Text(
        label="Which place?", hint="Never at the person’s home.", max_length=120, audience=Audience.STAYS
    )
    elsewhere_reason = fields.Text(
        label="Why is no room on the list suitable?",
        hint="Desist cannot keep the two sides apart at a place that is not on a list.",
        max_length=200,
        audience=Audience.STAYS,
    )
    field_order = ("when", "day", "time", "minutes", "room", "elsewhere", "elsewhere_reason", "inside")

    def appointment(self) -> commands.Appointment:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        listed = cleaned["room"] not in dict(self.BESIDE)
        return commands.Appointment(
            cleaned["day"],
            cleaned["time"],
            cleaned["minutes"],
            How.ROOM if listed else How(cleaned["room"]),
            self.place(),
            cleaned["elsewhere"],
            cleaned["elsewhere_reason"],
            self.company(),
        )


class Words(Draft):
    """The form for the whole assessment. Everything may stay empty while it is being written."""

    needs = fields.LongText(
        label=TITLES["needs"],
        hint="Health, mind, substances, housing, money, work, interpreter, access",
        required=False,
        max_length=LONG,
        rows=4,
        audience=Audience.STAYS,
    )
    children_and_family = fields.LongText(
        label=TITLES["children_and_family"],
        hint="Children in contact with the person, who looks after them, what other services know",
        required=False,
        max_length=LONG,
        rows=4,
        audience=Audience.STAYS,
    )
    risk = fields.LongText(
        label=TITLES["risk"],
        hint="To others, to themselves, to staff; what makes it more likely, what makes it less likely. Record judgements made with a tool under Risk.",
        required=False,
        max_length=LONG,
        rows=5,
        audience=Audience.STAYS,
    )
    story = fields.LongText(
        label=TITLES["story"],
        hint="How it came about, in their account. Nothing that a victim reported.",
        required=False,
        max_length=LONG,
        rows=6,
        audience=Audience.STAYS,
    )
    formulation = fields.LongText(
        label=TITLES["formulation"],
        hint="Why it happens and why it continues: the root of the issue, as far as you understand it together",
        required=False,
        max_length=LONG,
        rows=6,
        audience=Audience.STAYS,
    )
    protective_factors = fields.LongText(
        label=TITLES["protective_factors"],
        hint="People, work, places and habits that help",
        required=False,
        max_length=LONG,
        rows=4,
        audience=Audience.STAYS,
    )

    def words(self) -> Kept:
        """What the command takes, once the form is valid."""
        return Kept(**{name: self.cleaned_data[name] for name in FIELDS})


class Finish(Form):
    """The form that closes an assessment after one more reading; it has nothing to fill in."""


class Cancel(Form):
    """Why it does not take place."""

    reason = fields.Text(
        label="Why is it cancelled?",
        hint="For example: did not come; ill; moved to a later week",
        audience=Audience.STAYS,
    )
