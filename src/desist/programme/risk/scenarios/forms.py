"""The forms of the service's own risk form."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desist.programme.risk.scenarios import commands
from desist.programme.risk.scenarios.states import Decision, Domain, Imminence, Likely
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

#: a review is at most so far ahead
MOST_DAYS = 184


class Begin(Form):
    """The day by which the version must be reviewed."""

    review_on = moments.Day(
        label="The day it must be reviewed by", hint="At most six months on; earlier where the risk moves"
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days from tomorrow on."""
        today = dates.day_of(at)
        super().__init__(data)
        self.limit("review_on", earliest=today + timedelta(days=1), latest=today + timedelta(days=MOST_DAYS))


class Scenario(Form):
    """What might happen, to whom, how likely, how soon, and what would warn of it."""

    domain = fields.Pick(label="Whom would it harm?", choices=Domain.choices)
    whom = fields.Text(
        label="Whom exactly, in kind?",
        hint="For example: a former partner, a colleague at work. No name and nothing that leads to them.",
        max_length=120,
        audience=Audience.STAYS,
    )
    what = fields.LongText(
        label="What might happen?",
        hint="As a short story: what the person would do, in what kind of place, and what for.",
        max_length=20_000,
        rows=4,
        audience=Audience.STAYS,
    )
    likely = fields.Choice(label="How likely is it?", hint="Your own judgement", choices=Likely.choices)
    imminence = fields.Choice(label="How soon could it happen?", choices=Imminence.choices)
    signs = fields.LongText(
        label="What would warn of it?", max_length=20_000, rows=4, audience=Audience.STAYS
    )
    over = fields.LongText(
        label="If it no longer applies: why?",
        hint="It stays in this version with your reason, and the next version begins without it.",
        required=False,
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        version: int | None = None,
    ) -> None:
        """`initial` is the scenario to change; without it the form asks for a new one, which applies."""
        super().__init__(data, initial=initial, version=version)
        if initial is None:
            del self.fields["over"]

    def scenario(self) -> commands.Scenario:
        """What the command takes, once the form is valid."""
        return commands.Scenario(**self.cleaned_data)


class Offer(Form):
    """The colleague who signs."""

    to = fields.Choice(label="Who reads and signs it?", choices=[])


class Sign(Form):
    """Whether the second person signs."""

    decision = fields.Choice(
        label="What do you do?", choices=Decision.choices, reveals={Decision.RETURN: ["reason"]}
    )
    reason = fields.LongText(
        label="What has to be changed?", max_length=2000, rows=3, audience=Audience.STAYS
    )
