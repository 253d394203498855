"""The forms of a panel's meetings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desist.partnership.panels.commands import Attendance, Terms
from desist.partnership.panels.states import Came, Kind
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Meeting(Form):
    """A meeting, and the agencies that are invited."""

    kind = fields.Choice(label="What kind of meeting is it?", choices=Kind.choices)
    on = moments.Day(label="On which day?")
    begins = moments.Clock(label="When does it begin?")
    place = fields.Name(
        label="Where is it?",
        hint="A room, or how to join. The agencies that are invited read this.",
        max_length=200,
    )
    chair = fields.Pick(label="Who chairs it?", choices=[])
    agencies = fields.Choices(
        label="Which agencies are invited?",
        hint="Only agencies whose sharing agreement is in force can be invited.",
        choices=[],
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        chairs: Sequence[tuple[str, str]],
        agencies: Sequence[tuple[str, str]],
        known: Mapping[str, Any] | None = None,
        version: int | None = None,
    ) -> None:
        """`known` is what is said of the meeting now."""
        super().__init__(data, initial=known or {}, version=version)
        self.offer("chair", [("", "Choose one"), *chairs])
        self.offer("agencies", agencies)

    def terms(self) -> Terms:
        """What the command takes, once the form is valid."""
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__dataclass_fields__})


class WhoCame(Form):
    """Whether each agency came, and who came for it: two fields an agency, by its place in the list."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        seats: Sequence[tuple[str, str, str, str]],
        version: int,
    ) -> None:
        """`seats` are (reference, name of the agency, coded attendance, who came)."""
        known = {f"came_{at}": seat[2] for at, seat in enumerate(seats)}
        known |= {f"people_{at}": seat[3] for at, seat in enumerate(seats)}
        super().__init__(data, initial=known, version=version)
        self.seats = seats
        for at, (_, name, _, _) in enumerate(seats):
            self.fields[f"came_{at}"] = fields.Pick(
                label=name,
                choices=[one for one in Came.choices if one[0]],
                required=False,
                nothing=Came.UNKNOWN.label,
            )
            self.fields[f"people_{at}"] = fields.Name(
                label=f"Who came for {name}?", max_length=200, required=False
            )

    def attendance(self) -> dict[str, Attendance]:
        """Seat -> attendance, once the form is valid."""
        return dict(self._said())

    def _said(self) -> Iterator[tuple[str, Attendance]]:
        for at, (ref, *_) in enumerate(self.seats):
            yield ref, Attendance(self.cleaned_data[f"came_{at}"], self.cleaned_data[f"people_{at}"])


class Reader(Form):
    """An account that should read both sides at the meeting."""

    account = fields.Choice(label="Who should read both sides?", choices=[])
    why = fields.LongText(
        label="Why must one person hold both?", max_length=500, rows=3, audience=Audience.STAYS
    )


class CallOff(Form):
    """Nothing to fill in."""
