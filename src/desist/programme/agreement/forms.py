"""The forms of an agreement to take part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.forms import CharField, HiddenInput

from desist.desk.duty.forms import ContactNumber
from desist.notices import OwnWords
from desist.programme.agreement import commands
from desist.programme.agreement.states import Given, How, State, WithdrawalReason
from desist.programme.alerting import promise_nothing
from desist.referral.fields import Email, Telephone
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

LABELS = {
    State.AGREED: "Agrees to take part",
    State.REQUIRED: "Takes part because an order, a licence or a sentence requires it",
    State.REFUSED: "Does not agree",
}


class Telling(Form):
    """How the notice was given, and what the person made of it."""

    how = fields.Choice(label="How did you give the notice?", choices=How.choices)
    given_on = moments.Day(label="The day you gave it")
    understood = fields.LongText(
        label="What did they understand, in their own words?",
        hint="Ask them to say it back: who is told what, and what must be passed on.",
        max_length=4000,
        rows=3,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer moments up to `at`, the request's moment."""
        super().__init__(data, initial={"given_on": dates.local(at).date()})
        self.limit("given_on", latest=at)

    def telling(self, *, notice: str) -> commands.Telling:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Telling(notice, cleaned["how"], cleaned["given_on"], cleaned["understood"])


class Answer(Form):
    """What the person answered."""

    state = fields.Choice(
        label="What is the answer?",
        choices=[],
        hints={
            State.REQUIRED: "They are still given the notice, but are not asked to agree to what they must do"
        },
        reveals={State.AGREED: ["given"], State.REQUIRED: ["requirement"]},
    )
    given = fields.Choice(
        label="How did they answer?", choices=[(one.value, one.label) for one in (Given.SIGNED, Given.SPOKEN)]
    )
    requirement = fields.Text(
        label="Which requirement?",
        hint="For example: Stalking Protection Order of 3 March 2026, condition 4",
        audience=Audience.CROSSES,
    )
    note = fields.LongText(
        label="Note",
        hint="What they said, questions, worries, what their solicitor says",
        required=False,
        rows=3,
        audience=Audience.STAYS,
    )
    answered_on = moments.Day(label="The day they answered")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        answers: Sequence[tuple[str, str]],
        version: int,
        at: datetime,
    ) -> None:
        """Offer `answers`, those that may follow from the agreement's state."""
        super().__init__(data, initial={"answered_on": dates.local(at).date()}, version=version)
        self.limit("answered_on", latest=at)
        self.offer("state", [(value, LABELS[State(value)]) for value, _ in answers])

    def answer(self) -> commands.Answer:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        state = State(cleaned["state"])
        return commands.Answer(
            state=state,
            given=Given.ORDER if state is State.REQUIRED else cleaned["given"],
            requirement=cleaned["requirement"],
            note=cleaned["note"],
            answered_on=cleaned["answered_on"],
            override=self.override(),
        )


class Withdrawal(Form):
    """The person withdraws: from when, why, and which number the alert gives."""

    reason = fields.Choice(label="Why are they withdrawing?", choices=WithdrawalReason.choices)
    note = fields.LongText(
        label="What did they say?",
        hint="This stays in the programme.",
        required=False,
        rows=3,
        audience=Audience.STAYS,
    )
    contact = ContactNumber(hint="The alert gives this number, and nothing that you write above.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        version: int,
        alerts: bool,
    ) -> None:
        """Say that no alert carries the number, unless `alerts`: a partner organisation is linked to the referral."""
        super().__init__(data, initial=initial, version=version)
        if not alerts:
            promise_nothing(self, "contact")

    def withdrawal(self) -> commands.Withdrawal:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return commands.Withdrawal(cleaned["reason"], cleaned["note"], cleaned["contact"])


class Done(Form):
    """The form that records a task as done."""

    note = fields.LongText(
        label="What was done?",
        hint="Who you told, when, and what they answered",
        rows=3,
        audience=Audience.STAYS,
    )


class Own(Form):
    """What the notice says of the service. Everyone who takes part reads it."""

    controller = fields.Name(
        label="Which organisation is the data controller?",
        hint="Its full name",
        max_length=120,
    )
    telephone = Telephone(label="Telephone of the service", max_length=40, width=20)
    email = Email(label="E-mail of the service", required=False, max_length=120)
    lawful_basis = fields.LongText(
        label="What is the lawful basis for using data?",
        hint="The person reads this. In words that they can understand, as agreed with your data protection officer. It is not the agreement "
        "to take part.",
        max_length=2000,
        rows=4,
        audience=Audience.SHOWN,
    )
    retention = fields.LongText(
        label="How long do you keep records?",
        hint="The person reads this. In words that they can understand: when records are deleted, and what may make you keep them longer",
        max_length=1000,
        rows=3,
        audience=Audience.SHOWN,
    )
    data_protection = fields.Address(
        label="Who answers questions about data?",
        hint="For example, your data protection officer, how to contact them, and the Information Commissioner",
        max_length=1000,
        rows=3,
    )
    complaints = fields.Address(
        label="Where can the person complain?",
        hint="A job title, an address, a telephone number. Do not name anyone who works with people on the programme",
        max_length=1000,
        rows=3,
    )
    reason = fields.Text(
        label="Why is it changed?", hint="For example: the number changed in May", audience=Audience.STAYS
    )
    replaces = CharField(required=False, max_length=12, widget=HiddenInput)

    def follow(self, replaces: str) -> None:
        """Let the form replace the words in use, once the page has shown them."""
        self.data = {**dict(self.data.items()), "replaces": replaces}

    def own(self) -> OwnWords:
        """What the command takes, once the form is valid."""
        said = {name: self.cleaned_data[name] for name in OwnWords.__dataclass_fields__}
        return OwnWords(**said)
