"""The forms of a concern."""

from collections.abc import Mapping
from typing import Any

from desist.desk.duty.forms import ContactNumber
from desist.programme.alerting import promise_nothing
from desist.programme.concerns import commands
from desist.programme.concerns.raising import Raised
from desist.programme.concerns.states import Outcome, State
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience

NOBODY_ALERTED = "No alert was sent. Why can the concern be closed anyway?"


class Narrow(ListFilter):
    """The filters of the list of concerns: how far they are, and what came of them."""

    state = fields.Pick(label="State", choices=State.choices, nothing="All")
    outcome = fields.Pick(label="Outcome", choices=Outcome.choices, nothing="All")


class Alerting(Form):
    """A form whose question `contact` asks for the number that an alert carries."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        alerts: bool,
    ) -> None:
        """Say that no alert carries the number, unless `alerts`: a partner organisation is linked to the referral."""
        super().__init__(data, initial=initial)
        if not alerts:
            promise_nothing(self, "contact")


class Concern(Alerting):
    """The concern, the person who was told, when, what they answered, and the number to call back."""

    what = fields.LongText(
        label="What concerns you?",
        hint="What you saw or heard, in plain words. This stays in the programme.",
        max_length=20_000,
        audience=Audience.STAYS,
    )
    told_whom = fields.Text(
        label="Who did you tell?",
        hint="Name and role. In danger call 999 first, then come back to this page.",
        max_length=120,
        audience=Audience.STAYS,
    )
    told_on = moments.Day(label="The day you told them")
    told_time = moments.Clock(label="The time you told them")
    answer = fields.LongText(
        label="What did they answer?", max_length=20_000, rows=3, audience=Audience.STAYS
    )
    contact = ContactNumber(hint="The alert gives this number, and nothing that you write above.")

    def raised(self) -> Raised:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Raised(
            what=cleaned["what"],
            told_whom=cleaned["told_whom"],
            told_at=dates.moment(cleaned["told_on"], cleaned["told_time"]),
            answer=cleaned["answer"],
            contact=cleaned["contact"],
        )


class Closing(Form):
    """What came of a concern."""

    outcome = fields.Choice(label="What was the outcome?", choices=Outcome.choices)
    words = fields.LongText(
        label="What was done?",
        hint="By whom and when. This stays in the programme.",
        max_length=20_000,
        audience=Audience.STAYS,
    )
    untaken_reason = fields.LongText(
        label="Nobody on the other side has acknowledged the alert. Why can the concern be closed anyway?",
        hint="For example, who you reached by telephone instead, and when.",
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, taken_up: bool, alerts: bool) -> None:
        """`taken_up` says whether the alert was acknowledged, `alerts` whether one was sent at all."""
        super().__init__(data)
        if taken_up:
            del self.fields["untaken_reason"]
        elif not alerts:
            self.fields["untaken_reason"].label = NOBODY_ALERTED

    def closing(self) -> commands.Closing:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return commands.Closing(
            Outcome(cleaned["outcome"]), cleaned["words"], cleaned.get("untaken_reason", "")
        )
