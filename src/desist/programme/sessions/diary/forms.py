"""The forms of a diary: a week as a grid of figures, the details of one day, and a target of the person's own."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.sessions.diary import grid
from desist.programme.sessions.diary.commands import DayDetails, Figures
from desist.programme.sessions.diary.grid import Target
from desist.skills import catalogue
from desist.ui import dates, fields
from desist.ui.forms import Draft, Form
from desist.ui.words import Audience

HOURS = [(str(hour), dates.clock(time(hour))) for hour in range(24)]


class Cell(fields.Token):
    """One figure of one day."""

    def __init__(self, target: Target, day: date) -> None:
        """Its label names row and day, for a screen reader and for an error."""
        super().__init__(label=f"{target.name}, {dates.weekday(day)}", required=False, max_length=40)
        self.target = target
        self.widget.attrs |= {
            "inputmode": "numeric",
            "data-most": target.most,
            "aria-label": self.label,
            "class": "diary-cell",
        }

    def clean(self, value: Any) -> int | None:  # noqa: ANN401 - Django's signature
        """Return the figure, or None for an empty cell and a dash."""
        try:
            return grid.read(super().clean(value), self.target)
        except grid.NotAFigure as wrong:
            raise ValidationError(f"{self.label}: {wrong}", code="figure") from None


class Week(Draft):
    """The days of a grid. Everything may stay empty: a gap in a diary is something to look at, not a mistake."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        targets: Sequence[Target],
        days: Mapping[date, Figures],
        version: int,
    ) -> None:
        """A cell for each target and day, with the figure that is kept."""
        initial = {
            _name(target, day): said.get(target.key) for day, said in days.items() for target in targets
        }
        super().__init__(data, initial=initial, version=version)
        self.targets, self.days = targets, tuple(days)
        for target in targets:
            for day in days:
                self.fields[_name(target, day)] = Cell(target, day)

    def rows(self) -> list[tuple[Target, list[Any]]]:
        """Return the cells as the page draws them: a row for each target, in the order of the days."""
        return [(one, [self[_name(one, day)] for day in self.days]) for one in self.targets]

    def figures(self) -> dict[date, dict[str, int | None]]:
        """Return the figures of the cells that could be read, for the command."""
        read: dict[str, Any] = self.cleaned_data
        return {
            day: {one.key: read[name] for one in self.targets if (name := _name(one, day)) in read}
            for day in self.days
        }


class Details(Draft):
    """What the grid has no room for."""

    hour = fields.Pick(
        label="Hour of the act, or of the strongest urge",
        choices=HOURS,
        required=False,
        nothing="Not known",
    )
    skill = fields.Pick(
        label="Skill they used", choices=catalogue.CHOICES, required=False, nothing="None noted"
    )
    note = fields.LongText(
        label="What happened",
        hint="In their words. No names, no addresses.",
        required=False,
        max_length=2_000,
        rows=3,
        audience=Audience.STAYS,
    )

    def details(self) -> DayDetails:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return DayDetails(
            int(cleaned["hour"]) if cleaned["hour"] else None, cleaned["skill"], cleaned["note"]
        )


class OwnTarget(Form):
    """The name of a row that only this person's diary has."""

    name = fields.Text(
        label="Target of the person’s own",
        hint="The person sees this on their diary card. In a few words, rated each day from 0 to 5, like “checking the work rota”. No names, no addresses.",
        max_length=40,
        audience=Audience.SHOWN,
    )


def _name(target: Target, day: date) -> str:
    return f"{target.key}-{day.isoformat()}"
