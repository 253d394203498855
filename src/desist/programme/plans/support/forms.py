"""The forms for agencies and support."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desist.agencies import Answers, Basis, Need, Said
from desist.programme.plans.support import commands
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience

NO_CONSENT = "The person does not agree, so consent is not the basis. Choose the law that lets you pass it on"


class Narrow(ListFilter):
    """The filter of the directory."""

    need = fields.Pick(label="Helps with", choices=Need.choices, nothing="All")


class Agency(Form):
    """An agency for the directory."""

    name = fields.Name(label="Name of the agency", max_length=120)
    needs = fields.Choices(label="What can it help with?", choices=Need.choices)
    phone = fields.Token(label="Telephone", required=False, max_length=40, width=20)
    how = fields.LongText(label="How to refer a person", required=False, rows=3, audience=Audience.STAYS)
    answers = fields.Choice(
        label="How does it answer?",
        choices=[(one.value, one.label) for one in (Answers.HAND, Answers.LINK)],
        required=False,
    )

    def listing(self) -> commands.Listing:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Listing(
            cleaned["name"],
            tuple(cleaned["needs"]),
            cleaned["phone"],
            cleaned["how"],
            cleaned["answers"] or Answers.HAND,
        )


class Referral(Form):
    """A person referred to an agency."""

    agency = fields.Pick(
        label="Which agency?",
        hint="Ask first whether the person, or a person close to them, works there.",
        choices=[],
    )
    need = fields.Pick(label="What for?", choices=Need.choices)
    agreed = fields.YesNo(label="Does the person agree to what you pass on?", reveals={"no": ["without"]})
    without = fields.LongText(
        label="Why is it passed on all the same?",
        hint="Why it cannot wait for their agreement. Nothing is passed on until a manager or supervisor agrees too. It stays here.",
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
    reach = fields.Choice(label="How can the agency reach the person?", choices=[])
    basis = fields.Pick(label="On what lawful basis?", choices=[("", "Choose one"), *Basis.choices])
    referred_on = moments.Day(label="The day of the referral")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        agencies: Sequence[tuple[str, str]],
        ways: Sequence[tuple[str, str]],
        at: datetime,
    ) -> None:
        """`agencies` are those on the list, `ways` those by which the person can be reached."""
        super().__init__(data, initial={"referred_on": dates.local(at).date()})
        self.offer("agency", [("", "Choose one"), *agencies])
        self.offer("reach", ways)
        self.limit("referred_on", latest=at)

    def clean(self) -> dict[str, Any]:
        """Require a reason where the person does not agree."""
        cleaned = super().clean()
        if cleaned.get("agreed") is False and not cleaned.get("without"):
            self.add_error("without", "Say why it is passed on although the person does not agree")
        if cleaned.get("agreed") is False and cleaned.get("basis") == Basis.CONSENT:
            self.add_error("basis", NO_CONSENT)
        return cleaned

    def referred(self) -> commands.Referred:
        """What the command takes, once the form is valid."""
        return commands.Referred(**self.cleaned_data, override=self.override())


class Outcome(Form):
    """What an agency said of a referral by telephone or letter."""

    said = fields.Choice(label="What did the agency say?", choices=[])
    words = fields.LongText(label="In words", required=False, rows=3, audience=Audience.STAYS)
    on = moments.Day(label="The day you heard")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        may_record: Sequence[tuple[str, str]],
        version: int,
        at: datetime,
    ) -> None:
        """`may_record` is what can be recorded of the referral as it stands."""
        super().__init__(data, initial={"on": dates.local(at).date()}, version=version)
        self.offer("said", may_record)
        self.limit("on", latest=at)

    def outcome(self) -> commands.Outcome:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Outcome(Said(cleaned["said"]), cleaned["words"], cleaned["on"])


class Reply(Form):
    """The answer to an agency's question."""

    words = fields.LongText(
        label="Your answer",
        hint="The agency reads this. As little as is needed. Nothing about a victim.",
        max_length=1000,
        rows=4,
        audience=Audience.CROSSES,
    )
