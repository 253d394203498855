"""What is added to a training record."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from desist.programme.supervision.training.commands import Learnt
from desist.programme.supervision.training.states import Course as Courses
from desist.programme.supervision.training.states import Kind, Level, Show, Step
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience


class Course(Form):
    """A course that was taken."""

    about = fields.Choice(
        label="Which course?", choices=Courses.choices, reveals={Courses.OTHER.value: ["named"]}
    )
    named = fields.Text(label="Name of the course", max_length=80, audience=Audience.STAYS)
    on = moments.Day(label="The day it was completed")
    until = moments.Day(
        label="The last day on which it counts",
        hint="The refresher is due by then. Leave it empty if the course does not run out.",
        required=False,
    )
    note = fields.Text(
        label="Who gave it", hint="For example: the council’s online course", required=False,
        max_length=300, audience=Audience.STAYS,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """`at` is the request's moment: a course was completed by then."""
        super().__init__(data)
        self.limit("on", latest=dates.day_of(at))

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the course."""
        cleaned = super().clean()
        on, until = cleaned.get("on"), cleaned.get("until")
        if on and until and until < on:
            self.add_error("until", "Enter a day after the course was completed")
        return cleaned

    def learnt(self) -> Learnt:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        about = cleaned["named"] if cleaned["about"] == Courses.OTHER else cleaned["about"]
        return Learnt(Kind.COURSE, (about,), on=cleaned["on"], until=cleaned["until"], note=cleaned["note"])


class Induction(Form):
    """Steps of the induction that are done."""

    steps = fields.Choices(label="Which steps are done?", choices=Step.choices)
    on = moments.Day(label="The day on which they were done")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, left: Sequence[tuple[str, str]], at: datetime
    ) -> None:
        """`left` are the steps that are not done yet."""
        today = dates.day_of(at)
        super().__init__(data, initial={"on": today})
        self.offer("steps", left)
        self.limit("on", latest=today)

    def learnt(self) -> Learnt:
        """What the command takes, once the form is valid."""
        on: date = self.cleaned_data["on"]
        return Learnt(Kind.INDUCTION, tuple(self.cleaned_data["steps"]), on=on)


class Competence(Form):
    """A supervisor's judgement of one module."""

    module = fields.Pick(label="Module", choices=[])
    level = fields.Choice(label="How does the practitioner work with it?", choices=Level.choices)
    on = moments.Day(label="The day of your judgement")
    note = fields.Text(
        label="What do you base it on?",
        hint="For example: two recordings and a chain in supervision. No names, and nothing about a person.",
        max_length=300,
        audience=Audience.STAYS,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, modules: Sequence[str], at: datetime
    ) -> None:
        """`modules` are those of the curriculum in use."""
        today = dates.day_of(at)
        super().__init__(data, initial={"on": today})
        self.offer("module", [("", "Choose one"), *((one, one) for one in modules)])
        self.limit("on", latest=today)

    def learnt(self) -> Learnt:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return Learnt(
            Kind.COMPETENCE,
            (cleaned["module"],),
            on=cleaned["on"],
            level=cleaned["level"],
            note=cleaned["note"],
        )


class Narrow(ListFilter):
    """What the table of the team shows."""

    show = fields.Pick(label="Show", choices=Show.choices, nothing="Everybody")
