"""The forms of the kitchen sink."""

from django import forms

from desist.ui import fields
from desist.ui.forms import Filter, Form
from desist.ui.moments import Clock, Day


class Ask(Form):
    """A form with every kind of field once."""

    name = fields.Text(label="Full name", hint="As on the referral", max_length=40)
    born = Day(label="Date of birth", birthday=True)
    begins = Clock(label="Start of the session")
    outcome = fields.Choice(
        label="What happens with the referral?",
        choices=[("accept", "Accept"), ("consult", "Consultation only"), ("decline", "Decline")],
        hints={"consult": "The service advises the officer; nobody is treated"},
        reveals={"decline": ["reason", "who", "when"]},
    )
    reason = fields.LongText(label="Why it is declined", max_length=200)
    who = fields.Text(label="Who was told", required=False, width=20)
    when = Day(label="When they were told", required=False)
    behaviours = fields.Choices(
        label="Behaviours",
        choices=[("follow", "Following"), ("message", "Messages"), ("other", "Another")],
        reveals={"other": ["behaviour"]},
    )
    behaviour = fields.Text(label="Which behaviour")
    order = fields.YesNo(label="Is there a stalking protection order?")
    area = fields.Pick(label="Area", choices=[("n", "Northmere"), ("s", "Southmere")])
    sessions = fields.Whole(label="Sessions planned", least=1, most=24, width=2)
    notes = fields.LongText(label="Notes", required=False, max_length=4000)
    address = forms.EmailField(label="E-mail", required=False)
    password = forms.CharField(label="Password", required=False, widget=forms.PasswordInput)
    letter = forms.FileField(label="Letter", required=False)
    agreed = fields.Tick(label="The officer agrees")
    thread = forms.CharField(widget=forms.HiddenInput, required=False, initial="t1")


class Draft(Form):
    """A form that saves itself."""

    notes = fields.LongText(label="Notes", max_length=40)


class Narrow(Filter):
    """A form that narrows a list."""

    area = fields.Pick(label="Area", choices=[("n", "Northmere"), ("s", "Southmere")], required=False)
