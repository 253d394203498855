"""The forms about a person's circumstances, alike on either side of the wall."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from desist.circumstances import texts
from desist.circumstances.states import ENDS, Care, ContactOrder, Kind, Tie
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, Read
from desist.ui.words import Audience

#: the year before which no form takes a birth
OLDEST = 1900
DAY = timedelta(days=1)
NO_PLACE = "Nothing of where they live or go to school."


class Circumstance(Read):
    """A risk to staff or a need, with the day on which to look at it again."""

    kind = fields.Pick(label="What is it?", choices=Kind.choices)
    words = fields.LongText(
        label="What must colleagues know?",
        hint="What happened, and what to do. A line or two.",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )
    said_by = fields.Text(
        label="Who said it?", hint="Their role, or the person", max_length=120, audience=Audience.STAYS
    )
    since = moments.Day(label="Since when, if known", required=False)
    review_on = moments.Day(label="The day to review it by")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kinds: Sequence[Kind],
        at: datetime,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer these kinds; it began by the day of `at` and is reviewed after it."""
        super().__init__(data, initial=initial)
        self.offer("kind", [(one.value, str(one.label)) for one in kinds])
        self.limit("since", latest=at)
        self.limit("review_on", earliest=dates.day_of(at) + DAY)

    def circumstance(self) -> texts.Circumstance:
        """What the command takes, once the form is valid."""
        return texts.Circumstance(**self.cleaned_data)


class End(Form):
    """Why a row is no longer in force."""

    over = fields.Choice(label="Why do you end it?", choices=ENDS)


class SelfHarm(Read):
    """What is known of self-harm, and the plan for a crisis."""

    history = fields.LongText(label=texts.PARTS["history"], required=False, rows=3, audience=Audience.STAYS)
    thoughts = fields.LongText(label=texts.PARTS["thoughts"], required=False, rows=3, audience=Audience.STAYS)
    plans = fields.LongText(label=texts.PARTS["plans"], required=False, rows=3, audience=Audience.STAYS)
    means = fields.LongText(label=texts.PARTS["means"], required=False, rows=3, audience=Audience.STAYS)
    protects = fields.LongText(label=texts.PARTS["protects"], required=False, rows=3, audience=Audience.STAYS)
    signs = fields.LongText(label=texts.PARTS["signs"], required=False, rows=3, audience=Audience.STAYS)
    ring = fields.LongText(
        label=texts.PARTS["ring"],
        hint="By role, and where their number stands. In danger: 999.",
        required=False,
        rows=3,
        audience=Audience.STAYS,
    )
    helps = fields.LongText(label=texts.PARTS["helps"], required=False, rows=3, audience=Audience.STAYS)
    review_on = moments.Day(label="The day to review it by")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime,
        initial: Mapping[str, Any] | None = None,
        version: int | None = None,
    ) -> None:
        """Its review comes after the day of `at`."""
        super().__init__(data, initial=initial, version=version)
        self.limit("review_on", earliest=dates.day_of(at) + DAY)

    def clean(self) -> dict[str, Any]:
        """Refuse a page on which no part says anything."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned[name] for name in texts.PARTS):
            self.add_error("history", "Say something in one part at least. “None known” is an answer")
        return cleaned

    def self_harm(self) -> texts.SelfHarm:
        """What the command takes, once the form is valid."""
        return texts.SelfHarm(**{name: self.cleaned_data[name] for name in texts.PARTS})


class Relative(Read):
    """A child or relative, named by what is needed. The school is not asked for."""

    name = fields.Name(
        label="How will colleagues know them?",
        hint="First name, or “eldest son”. No surname.",
        max_length=80,
    )
    tie = fields.Pick(label="Who are they to the person?", choices=Tie.choices)
    born_in = fields.Whole(
        label="Year of birth", hint="About right is enough", required=False, least=OLDEST, most=2100
    )
    care = fields.Pick(label="Who cares for them?", choices=Care.choices)
    contact_order = fields.Pick(label="What does a court say of contact?", choices=ContactOrder.choices)
    order_on = moments.Day(label="The day of the order, or of the hearing", required=False)
    worker = fields.Text(
        label="Their social worker",
        hint="Name or team, if there is one",
        required=False,
        max_length=120,
        audience=Audience.STAYS,
    )
    words = fields.LongText(
        label="What else must colleagues know?",
        hint=NO_PLACE,
        required=False,
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a hearing, which is what its order is followed up by."""
        cleaned = super().clean()
        if cleaned.get("contact_order") == ContactOrder.HEARING and not cleaned.get("order_on"):
            self.add_error("order_on", "Enter the day of the hearing")
        return cleaned

    def relative(self) -> texts.Relative:
        """What the command takes, once the form is valid."""
        return texts.Relative(**{name: self.cleaned_data[name] for name in Relative.base_fields})
