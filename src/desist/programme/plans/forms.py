"""The forms of a goal, and of a judgement of readiness."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desist.programme.plans import commands
from desist.programme.plans.states import Motivation, Ready, State
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Goal(Form):
    """A goal and how it serves the survivor's safety."""

    words = fields.Text(
        label="The goal, in the person’s words",
        hint="The person sees this. Something that could be seen: “I do not look at her profile for a week”",
        max_length=400,
        audience=Audience.SHOWN,
    )
    serves = fields.Text(
        label="How does it support the survivor’s safety?",
        hint="The person sees this. For example: fewer contacts, orders kept, no third parties asked. Nothing about where or how she is.",
        max_length=400,
        audience=Audience.SHOWN,
    )
    steps = fields.LongText(
        label="Steps towards it",
        hint="The person sees this.",
        required=False,
        rows=3,
        audience=Audience.SHOWN,
    )

    def goal(self) -> commands.Words:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Words(cleaned["words"], cleaned["serves"], cleaned["steps"], self.override())


class Change(Goal):
    """Other words, or another state."""

    state = fields.Choice(label="What is its status?", choices=[])

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any],
        states: Sequence[tuple[str, str]],
        version: int,
    ) -> None:
        """Offer `states`: the present one and those that may follow."""
        super().__init__(data, initial=initial, version=version)
        self.offer("state", states)

    def state_chosen(self) -> State:
        """The state, once the form is valid."""
        return State(self.cleaned_data["state"])


class Rating(Form):
    """The form for how close the goal is, as the person says."""

    score = fields.Whole(
        label="How close is it?", hint="From 0, not met at all, to 10, fully met", most=10, width=2
    )
    rated_on = moments.Day(label="The day they said so")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days up to `at`, the request's moment."""
        today = dates.local(at).date()
        super().__init__(data, initial={"rated_on": today})
        self.limit("rated_on", latest=today)


class Judge(Form):
    """How ready and motivated the person is, as the practitioner judges."""

    ready = fields.Choice(label="How ready are they to change?", choices=Ready.choices)
    motivation = fields.Choice(label="Why do they take part?", choices=Motivation.choices)
    words = fields.Text(
        label="What do you judge that by?",
        hint="A line. Nothing about where anyone is.",
        max_length=200,
        audience=Audience.STAYS,
    )
    rated_on = moments.Day(label="The day of your judgement")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days up to `at`, the request's moment."""
        today = dates.day_of(at)
        super().__init__(data, initial={"rated_on": today})
        self.limit("rated_on", latest=today)

    def judged(self) -> commands.Judged:
        """What the command takes, once the form is valid."""
        return commands.Judged(**self.cleaned_data)
