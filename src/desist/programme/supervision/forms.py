"""What is said about supervision."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desist.programme.supervision import commands, states
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Arrangement(Form):
    """The arrangement of a supervision."""

    supervisor = fields.Choice(label="Who supervises?", choices=[])
    every_weeks = fields.Whole(label="Every how many weeks?", least=1, most=12, width=2)
    begins_on = moments.Day(
        label="From which day?", hint="The first supervision is due this many weeks after it"
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        supervisors: Sequence[tuple[str, str]],
        every_weeks: int | None,
        at: datetime,
    ) -> None:
        """`supervisors` are those of the area, `every_weeks` as it is arranged now."""
        initial = {"every_weeks": every_weeks or 4, "begins_on": dates.local(at).date()}
        super().__init__(data, initial=initial)
        self.offer("supervisor", supervisors)


class Plan(Form):
    """When a supervision is, or was."""

    day = moments.Day(label="Which day?", hint="A supervision held without being planned can be in the past")
    time = moments.Clock(label="At what time?")

    def starts_at(self) -> datetime:
        """The moment, once the form is valid."""
        cleaned = self.cleaned_data
        return dates.moment(cleaned["day"], cleaned["time"])


class Record(Form):
    """A supervision that was held. Nothing of what a person on the programme said or did."""

    form = fields.Choice(label="How was it held?", choices=states.Form.choices)
    minutes = fields.Whole(label="Minutes", missing="Enter how many minutes", least=5, most=480, width=3)
    topics = fields.Choices(label="What was discussed?", choices=states.Topic.choices)
    cases = fields.Choices(
        label="Whose cases were discussed?",
        hint="Saved as links. Anything about a person goes into that person’s own record.",
        choices=[],
        required=False,
    )
    agreed = fields.LongText(
        label="What did you agree about the practice?",
        hint="What the practitioner will do or learn, and by when. No names, and nothing about a person.",
        required=False,
        max_length=10_000,
        rows=4,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        cases: Sequence[tuple[str, str]],
        version: int,
    ) -> None:
        """`cases` are the practitioner's people that the supervisor may see too."""
        super().__init__(data, version=version)
        self.offer("cases", cases)
        if not cases:
            del self.fields["cases"]

    def held(self) -> commands.Held:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return commands.Held(
            form=cleaned["form"],
            minutes=cleaned["minutes"],
            topics=tuple(cleaned["topics"]),
            cases=tuple(cleaned.get("cases", ())),
            agreed=cleaned["agreed"],
        )


class Cancel(Form):
    """Why a planned supervision is not held."""

    reason = fields.Text(
        label="Why is it not being held?", hint="For example: the supervisor is ill", audience=Audience.STAYS
    )


class End(Form):
    """Nothing to fill in."""


class Debrief(Form):
    """The form that records that a debrief was held."""

    how = fields.Choice(label="How was it held?", choices=states.How.choices)
    held_on = moments.Day(label="The day it was held")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """`at` is the request's moment: none was held after it."""
        today = dates.local(at).date()
        super().__init__(data, initial={"held_on": today})
        self.limit("held_on", latest=today)
