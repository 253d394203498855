"""What a manager says to give people to practitioners."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.programme.practitioners.states import Ended
from desist.programme.service.allocation import commands, queries
from desist.programme.triage.states import DelayReason
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

NOBODY = "nobody"


class Allocation(Form):
    """The form that says which practitioner takes the person on."""

    practitioner = fields.Choice(label="Who will work with this person?", choices=[])
    ended = fields.Pick(label="Why is another practitioner taking over?", choices=Ended.choices)
    at_once = fields.Tick(
        label="Hand over at once, without waiting for the answer",
        hint="Only where the person cannot wait. The new practitioner is responsible from now on, and is told.",
        required=False,
    )
    delay = fields.Pick(
        label="Why is it later than 14 days?",
        hint="The figure does not change, here or in the returns.",
        choices=DelayReason.choices,
    )
    note = fields.LongText(label="More about the delay", required=False, rows=2, audience=Audience.STAYS)

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: queries.AllocationPage) -> None:
        """Offer the practitioners without an obstacle; ask only what is missing."""
        super().__init__(data, version=page.version)
        free = [one for one in page.candidates if not one.obstacles]
        self.names = [(one.ref, one.name) for one in free]
        self.offer(
            "practitioner",
            self.names,
            hints={one.ref: f"{one.profession}. {one.people} of {one.capacity} people" for one in free},
        )
        if not page.practitioner:
            del self.fields["ended"]
        if not page.practitioner or page.gone or page.to_finish:
            del self.fields["at_once"]
        if not page.late:
            del self.fields["delay"]
            del self.fields["note"]

    def chosen(self) -> commands.Chosen:
        """What the command takes, once the form is valid."""
        return commands.Chosen(**self.cleaned_data)


class HandOver(Form):
    """The form that gives each of a practitioner's people to others, and says whether that practitioner leaves."""

    why = fields.Choice(
        label="Why are these people being handed over?",
        choices=[(one.value, one.label) for one in (Ended.LEFT, Ended.AWAY, Ended.WORKLOAD, Ended.OTHER)],
        reveals={Ended.LEFT: ["left_on"], Ended.AWAY: [], Ended.WORKLOAD: [], Ended.OTHER: []},
    )
    left_on = moments.Day(
        label="First day after they leave",
        hint="Today or earlier: all the changes take effect at once, before the colleagues answer.",
    )
    at_once = fields.Tick(
        label="Hand over at once, without waiting for the answers",
        hint="Without this tick each colleague is asked, and nothing changes hands until they accept.",
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, page: queries.HandOver, at: datetime
    ) -> None:
        """Ask one question a person; a person without a possible practitioner goes without, or stays."""
        today = dates.local(at).date()
        super().__init__(data, initial={"left_on": today}, version=page.version)
        self.limit("left_on", latest=today)
        for one in page.people:
            ahead = f"Still planned: sessions {one.sessions}, assessments {one.assessments}."
            hint = ahead if one.able else " ".join((ahead, *one.blocked))
            self.fields[f"to_{one.ref}"] = fields.Pick(
                label=f"{one.name}, {one.spoken}",
                hint=hint,
                choices=[*one.able, (NOBODY, "Nobody yet")],
                missing=f"Choose who takes over {one.spoken}, or “Nobody yet”",
            )

    def handed(self) -> commands.HandOver:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        to = {
            name.removeprefix("to_"): "" if chosen == NOBODY else chosen
            for name, chosen in cleaned.items()
            if name.startswith("to_")
        }
        return commands.HandOver(to, cleaned["why"], cleaned["left_on"], cleaned["at_once"])
