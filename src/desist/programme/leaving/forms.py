"""The forms of a leaving."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from desist.desk.duty.forms import ContactNumber
from desist.programme.alerting import promise_nothing
from desist.programme.leaving.states import By, Ending, How, Reason, State
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

AHEAD = "This time is in the future: record it once the person has been told"


class Leaving(Form):
    """The form that asks why a person leaves: the side that decided, then the reason."""

    by = fields.Choice(
        label="How does it end?",
        choices=[],
        hints={By.SERVICE: "This starts the hold below: nobody outside the team is told until it is over"},
        reveals={
            By.PERSON: ["person_reason", "contact"],
            By.SERVICE: ["service_reason", "service_contact"],
            By.OTHERS: ["others_reason"],
        },
    )
    person_reason = fields.Choice(label="Why are they leaving?", choices=[])
    contact = ContactNumber(hint="An alert is sent immediately with this number and nothing that you write.")
    service_reason = fields.Choice(label="Why is the service ending it?", choices=[])
    service_contact = ContactNumber(
        label="Telephone number where you can be reached ",
        hint="An alert asks the duty desk to ring this number, so that the other side can prepare during the hold.",
    )
    others_reason = fields.Choice(label="What happened?", choices=[])
    note = fields.LongText(
        label="What led to it?",
        hint="This stays in the programme.",
        required=False,
        rows=4,
        max_length=4000,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        reasons: Sequence[tuple[str, str, Sequence[tuple[str, str]]]],
        contact: str,
        version: int,
        alerts: bool,
    ) -> None:
        """Offer `reasons`, the part of the tree that may follow, and `contact`, the number to offer first.

        `alerts` says whether a partner organisation is linked to the referral.
        """
        super().__init__(data, initial={"contact": contact, "service_contact": contact}, version=version)
        self.offer("by", [(by, label) for by, label, _ in reasons])
        for by, _, found in reasons:
            if by != By.COMPLETED:
                self.offer(f"{by}_reason", found)
        if not alerts:
            promise_nothing(self, "contact", "service_contact")

    def ending(self) -> Ending:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        by = By(cleaned["by"])
        reason = Reason.COMPLETED if by is By.COMPLETED else Reason(cleaned[f"{by.value}_reason"])
        contact = {By.PERSON: "contact", By.SERVICE: "service_contact"}.get(by)
        return Ending(reason, cleaned["note"], cleaned[contact] if contact else "")


class Reopened(Form):
    """The form that asks why the programme goes on after a leaving, and what happened."""

    how = fields.Choice(
        label="Why does the programme go on?",
        choices=[],
        hints={
            State.MISTAKE: "The person never left; the leaving is not counted",
            State.CAME_BACK: "The person left and takes part again; they are counted as on the programme throughout",
        },
    )
    reason = fields.LongText(
        label="What happened?",
        hint="This stays in the programme.",
        rows=3,
        max_length=4000,
        audience=Audience.STAYS,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, ways: Sequence[tuple[str, str]], version: int
    ) -> None:
        """Offer `ways`, in which the programme can go on."""
        super().__init__(data, version=version)
        self.offer("how", ways)


class OtherReason(Form):
    """The form that puts the reason of a leaving right, with an explanation."""

    reason = fields.Choice(label="What is the right reason?", choices=[])
    why = fields.LongText(
        label="Why is it changed?",
        hint="This stays in the programme.",
        rows=3,
        max_length=4000,
        audience=Audience.STAYS,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, reasons: Sequence[tuple[str, str]], version: int
    ) -> None:
        """Offer `reasons`, the others of one kind; `version` is how often it was changed before."""
        super().__init__(data, version=version)
        self.offer("reason", reasons)


class TakenBack(Form):
    """The form that says why a deselection does not happen."""

    reason = fields.LongText(
        label="Why is the decision being withdrawn?", rows=3, max_length=4000, audience=Audience.STAYS
    )


class Told(Form):
    """The form that says how and when the person was told."""

    how = fields.Choice(label="How was the person told?", choices=How.choices)
    day = moments.Day(label="The day")
    time = moments.Clock(label="The time")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer moments up to `at`, the request's moment."""
        here = dates.local(at)
        super().__init__(data, initial={"day": here.date(), "time": here.time().replace(second=0)})
        self.at = at

    def clean(self) -> dict[str, Any]:
        """Refuse a moment that lies ahead."""
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time") and self.told_at() > self.at:
            raise ValidationError({"time": AHEAD})
        return cleaned

    def told_at(self) -> datetime:
        """Return the moment of telling, in London."""
        cleaned = self.cleaned_data
        return datetime.combine(cleaned["day"], cleaned["time"], tzinfo=dates.local(self.at).tzinfo)
