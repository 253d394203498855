"""The forms for agencies and support."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desist.programme.plans.support import commands
from desist.programme.plans.support.states import Need, State
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience


class Narrow(ListFilter):
    """The filter of the directory."""

    need = fields.Pick(label="Helps with", choices=Need.choices, nothing="All")


class Agency(Form):
    """An agency for the directory."""

    name = fields.Name(label="Name of the agency", max_length=120)
    needs = fields.Choices(label="What can it help with?", choices=Need.choices)
    phone = fields.Token(label="Telephone", required=False, max_length=40, width=20)
    how = fields.LongText(label="How to refer a person", required=False, rows=3, audience=Audience.STAYS)

    def listing(self) -> commands.Listing:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Listing(cleaned["name"], tuple(cleaned["needs"]), cleaned["phone"], cleaned["how"])


class End(Form):
    """Nothing to fill in."""


class Referral(Form):
    """A person referred to an agency."""

    agency = fields.Pick(label="Which agency?", choices=[])
    need = fields.Pick(label="What for?", choices=Need.choices)
    agreed = fields.YesNo(label="Does the person agree to what you pass on?", reveals={"no": ["without"]})
    without = fields.LongText(
        label="Why is it passed on all the same?",
        hint="The law that lets you, and why it cannot wait for their agreement. It stays here.",
        required=False,
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )
    told = fields.LongText(
        label="What is passed on?",
        hint="As little as is needed. Nothing about a victim.",
        rows=4,
        audience=Audience.CROSSES,
    )
    referred_on = moments.Day(label="The day of the referral")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, agencies: Sequence[tuple[str, str]], at: datetime
    ) -> None:
        """`agencies` are those on the list."""
        super().__init__(data, initial={"referred_on": dates.local(at).date()})
        self.offer("agency", [("", "Choose one"), *agencies])
        self.limit("referred_on", latest=at)

    def clean(self) -> dict[str, Any]:
        """Require a reason where the person does not agree."""
        cleaned = super().clean()
        if cleaned.get("agreed") is False and not cleaned.get("without"):
            self.add_error("without", "Say why it is passed on although the person does not agree")
        return cleaned

    def referred(self) -> commands.Referred:
        """What the command takes, once the form is valid."""
        return commands.Referred(**self.cleaned_data, override=self.override())


class Outcome(Form):
    """The form for the outcome of a referral to an agency."""

    state = fields.Choice(label="What was the outcome?", choices=[])
    outcome = fields.LongText(label="In words", required=False, rows=3, audience=Audience.STAYS)
    answered_on = moments.Day(label="The day you heard")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        states: Sequence[tuple[str, str]],
        version: int,
        at: datetime,
    ) -> None:
        """`states` are those that may follow."""
        super().__init__(data, initial={"answered_on": dates.local(at).date()}, version=version)
        self.offer("state", states)
        self.limit("answered_on", latest=at)

    def settled(self) -> commands.Outcome:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Outcome(State(cleaned["state"]), cleaned["outcome"], cleaned["answered_on"])
