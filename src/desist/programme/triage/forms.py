"""What a manager fills in at triage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.forms import CharField, HiddenInput

from desist import codes
from desist.programme.referrals.states import DeclineReason, State
from desist.programme.triage import commands, findings
from desist.programme.triage.states import DelayReason, How, Likeness, OverrideReason
from desist.referral.police_areas import AREAS
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

OUTCOMES = {State.ACCEPTED: "Accept", State.CONSULTATION: "Consultation only", State.DECLINED: "Decline"}


class Decision(Form):
    """Accept, consultation only, or decline with a coded reason."""

    outcome = fields.Choice(
        label="What is your decision?",
        choices=[(state.value, label) for state, label in OUTCOMES.items()],
        hints={
            State.ACCEPTED: "The person joins the programme, and the 14-day clock runs until a practitioner is allocated",
            State.CONSULTATION: "Advice to the referrer; nobody is allocated",
        },
        reveals={
            State.ACCEPTED: ["likeness", "likeness_reason", "override"],
            State.DECLINED: ["decline_reason"],
        },
    )
    likeness = fields.Choice(label="Is this one of the people who are like them?", choices=Likeness.choices)
    likeness_reason = fields.Text(
        label="How do you know?",
        hint="For example: another date of birth, confirmed by the referrer. Colleagues who may not see the other referral do not see this.",
        max_length=200,
        audience=Audience.STAYS,
    )
    override = fields.Pick(  # type: ignore[assignment]  # a class of forms keeps no attribute of its fields
        label="Why is it accepted although a criterion is not met or not known?",
        choices=OverrideReason.choices,
        required=False,
    )
    decline_reason = fields.Pick(label="Why is it declined?", choices=DeclineReason.choices)
    note = fields.LongText(
        label="Note for the file",
        hint="Only your service sees this. The referrer is told the outcome and the coded reason.",
        required=False,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        may_be: Sequence[str],
        all_met: bool,
        alike: bool,
        version: int,
    ) -> None:
        """`may_be` are the outcomes that may follow; where every criterion is met nothing has to be overridden.

        `alike`: whether people who are like this one have to be told apart before the person is accepted.
        """
        super().__init__(data, version=version)
        offered = [(state.value, label) for state, label in OUTCOMES.items() if state.value in may_be]
        self.offer("outcome", offered)
        if all_met:
            self._drop("override")
        if not alike:
            self._drop("likeness", "likeness_reason")

    def clean(self) -> dict[str, Any]:
        """Another reason is no code that says anything: the note says it for the file."""
        cleaned = super().clean()
        if cleaned.get("decline_reason") == DeclineReason.OTHER and not cleaned.get("note"):
            self.add_error("note", "Say in the note for the file why it is declined")
        return cleaned

    def _drop(self, *names: str) -> None:
        """Leave out fields that are not asked."""
        for name in names:
            del self.fields[name]
        outcome: Any = self.fields["outcome"]
        shown = ((key, [one for one in below if one not in names]) for key, below in outcome.reveals.items())
        outcome.reveals = {key: below for key, below in shown if below}

    def decided(self) -> commands.Decided:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return commands.Decided(
            outcome=State(cleaned["outcome"]),
            decline_reason=cleaned["decline_reason"],
            override=cleaned.get("override", ""),
            note=cleaned["note"],
            likeness=cleaned.get("likeness", ""),
            likeness_reason=cleaned.get("likeness_reason", ""),
        )


class Advice(Form):
    """What the referrer was advised."""

    given_to = fields.Text(
        label="Who was advised?", hint="Name and role", max_length=120, audience=Audience.STAYS
    )
    how = fields.Choice(label="How?", choices=How.choices)
    given_on = moments.Day(label="The day it was given")
    words = fields.LongText(
        label="What was advised?",
        hint="Managing the risk, orders to apply for, other services. Nothing about a victim.",
        max_length=20_000,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, referrer: str, at: datetime) -> None:
        """`at` is the request's moment: no advice was given after it."""
        today = dates.local(at).date()
        super().__init__(data, initial={"given_on": today, "given_to": referrer})
        self.limit("given_on", latest=today)

    def advised(self) -> commands.Advised:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Advised(cleaned["given_to"], cleaned["how"], cleaned["given_on"], cleaned["words"])


class Delay(Form):
    """Why allocation is late."""

    reason = fields.Choice(label="Why is it late?", choices=DelayReason.choices)
    note = fields.LongText(
        label="What is being done about it?", required=False, rows=3, audience=Audience.STAYS
    )


class Criteria(Form):
    """What the service asks."""

    proceedings = fields.Choices(
        label="At which stages of proceedings do you take people?", choices=codes.Proceedings.choices
    )
    youngest = fields.Whole(label="Youngest age", least=10, most=99, width=2)
    other_areas = fields.Choices(
        label="Other police areas you take people from",
        hint="In addition to your own, by where the person lives",
        choices=AREAS,
        required=False,
    )
    reason = fields.Text(
        label="Why is it changed?",
        hint="For example, agreed with the commissioner in May",
        audience=Audience.STAYS,
    )
    replaces = CharField(required=False, max_length=12, widget=HiddenInput)

    def settings(self, *, area: str) -> findings.Settings:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return findings.Settings(
            area=area,
            proceedings=frozenset(cleaned["proceedings"]),
            youngest=cleaned["youngest"],
            other_areas=frozenset(cleaned["other_areas"]),
        )
