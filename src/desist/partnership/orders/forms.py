"""Forms about an order, one question a page. Protected persons are crime references, never names."""

from datetime import date
from typing import Any

from desist.orders.rules import COMMENCED
from desist.partnership.orders import codes
from desist.ui import fields, moments
from desist.ui.forms import Filter, Form
from desist.ui.words import Audience

NEW = "new"


class Dated(Form):
    """A form about a past event: its days lie between the start of the Act and today."""

    def until(self, today: date, *names: str) -> "Dated":
        """Limit the days to today."""
        for name in names:
            self.limit(name, latest=today)
        return self


class Start(Form):
    """Who the order is about, and on what footing."""

    given_names = fields.Name(label="Given names", max_length=100)
    family_name = fields.Name(label="Family name", max_length=100)
    born = moments.Day(
        label="Date of birth", hint="For example, 27 3 1985", birthday=True, earliest=date(1900, 1, 1)
    )
    same = fields.Choice(
        label="Is it one of these people on the register?",
        choices=[],
        required=False,
        hint="Choose the person, so that all orders about them are listed together.",
    )
    how_made = fields.Choice(label="How is the order being made?", choices=codes.HowMade.choices)
    force = fields.Pick(label="Which force applies?", choices=[(name, name) for name in codes.FORCES])
    nexus = fields.Choice(label="Why can this force apply?", choices=codes.Nexus.choices)
    crime_reference = fields.CrimeReference(label="Crime reference of the protected person")
    standing = fields.Choice(label="Who is the protected person?", choices=codes.Standing.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Ask about an existing person once the register holds a similar one."""
        super().__init__(*args, **kwargs)
        self.asked = self.fields.pop("same")

    def ask(self, people: tuple[tuple[str, str], ...]) -> bool:
        """Ask whether the person is one of these people, and return whether the officer answered."""
        if not people:
            return True
        given = {
            name: self.fields.pop(name)
            for name in list(self.fields)
            if name not in {"given_names", "family_name", "born"}
        }
        self.fields |= {"same": self.asked, **given}
        self.offer("same", [*people, (NEW, "Someone else with that name or date of birth")])
        self.full_clean()
        if not self.is_valid():
            return False
        if not self.cleaned_data["same"]:
            self.add_error("same", "Someone on the register may be this person: choose who it is")
            return False
        return True


class Protect(Form):
    """A further protected person."""

    crime_reference = fields.CrimeReference(label="Crime reference of the protected person")
    standing = fields.Choice(label="Who is the protected person?", choices=codes.Standing.choices)


class Apply(Dated):
    """The application."""

    applied_on = moments.Day(label="When was the application made?", earliest=COMMENCED)
    court = fields.Name(
        label="Magistrates’ court", hint="The youth court for a person under 18.", max_length=100
    )
    hearing_on = moments.Day(label="Hearing", required=False, hint="Leave empty if it is not listed yet.")


class Closed(Dated):
    """The day on which the application ended."""

    on = moments.Day(label="Which day?", earliest=COMMENCED)


class Make(Dated):
    """What the order states (section 6)."""

    made_on = moments.Day(label="When was the order made?", earliest=COMMENCED)
    how_made = fields.Choice(label="How was it made?", choices=codes.HowMade.choices)
    court = fields.Name(label="Court", max_length=100)
    period = fields.Choice(
        label="For how long?",
        choices=[("fixed", "For a fixed period"), ("further", "Until a further order")],
        reveals={"fixed": ["ends_on"]},
    )
    ends_on = moments.Day(label="Last day of the order", hint="The last day on which it is still in force.")
    whole = fields.Choice(
        label="Where does it apply?",
        choices=[
            ("uk", "In all parts of the United Kingdom"),
            ("locality", "Only in a locality the order names"),
        ],
        reveals={"locality": ["locality"]},
    )
    locality = fields.Text(
        label="Which locality?",
        hint="The person reads this: write it as the order does.",
        max_length=200,
        audience=Audience.SHOWN,
    )
    hearing_on = moments.Day(
        label="Next hearing",
        required=False,
        hint="For an interim order: the next hearing of the main application.",
    )


class Serve(Dated):
    """The service."""

    served_on = moments.Day(label="When was the order served?", earliest=COMMENCED)
    served_how = fields.Choice(label="How was it served?", choices=codes.HowServed.choices)
    under_2003_act = fields.YesNo(
        label="Is the person subject to notification under Part 2 of the Sexual Offences Act 2003?",
        hint="If so, the duty to notify under this order is suspended until that ends (section 9(5)).",
    )


class Link(Form):
    """The referral that a requirement is about."""

    referral = fields.Choice(label="Which referral is it?", choices=[])


class Narrow(Filter):
    """The filters of the register."""

    group = fields.Choice(
        label="State",
        choices=[("", "All"), ("live", "Made, not ended"), ("unmade", "Not made"), ("closed", "Ended")],
    )
    kind = fields.Choice(label="Kind", choices=[("", "All"), *codes.Kind.choices])
