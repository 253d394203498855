"""What is written about a time at which the person cannot come."""

from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.calendar.busy import commands
from desist.programme.calendar.busy.states import Kind, Weekday
from desist.ui import fields, moments
from desist.ui.forms import Form

ONE_DAY = "one_day"
BOTH = "Enter both times, or leave both empty for the whole day"


class BusyTime(Form):
    """Why, on which day, from when to when."""

    kind = fields.Choice(
        label="What is the reason?",
        hint="Be as general as you can. Do not write names or places.",
        choices=Kind.choices,
    )
    day = fields.Choice(
        label="Which day?",
        choices=[*((one.value, f"Every {one.label}") for one in Weekday), (ONE_DAY, "One day only")],
        reveals={ONE_DAY: ["on"], **{one.value: [] for one in Weekday}},
    )
    on = moments.Day(label="Which day?")
    starts = moments.Clock(
        label="From", hint="For example, midday. Leave both times empty for the whole day", required=False
    )
    ends = moments.Clock(label="To", required=False)
    last_on = moments.Day(
        label="Until which day?", hint="Leave empty if no end date is known", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Both hours or none, the later one after the earlier."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if "starts" in self.errors or "ends" in self.errors:
            return cleaned
        if (starts is None) != (ends is None):
            raise ValidationError({"ends": BOTH})
        if starts and ends and ends != time(0) and ends <= starts:
            raise ValidationError({"ends": "The end time must be after the start time"})
        return cleaned

    def noted(self) -> commands.NotedTime:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        once: date | None = cleaned["on"] if cleaned["day"] == ONE_DAY else None
        return commands.NotedTime(
            kind=Kind(cleaned["kind"]),
            weekday=once.weekday() if once else int(cleaned["day"]),
            starts=cleaned["starts"] or time(0),
            ends=cleaned["ends"] or time(0),
            first_on=once,
            last_on=once or cleaned["last_on"],
        )
