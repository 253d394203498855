"""Forms for when a client comes, consents or must wait."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from desist import codes
from desist.advocacy.clients.commands import Entry
from desist.advocacy.vault import normal
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.states import CloseReason, GivenOver, How, PauseReason, Purpose, WayIn
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, Read
from desist.ui.words import Audience

#: the ways in that an advocate types in; referrals of the police come by envelope
BY_HAND = [(one.value, one.label) for one in WayIn if one is not WayIn.POLICE]


class Start(Read):
    """A client who comes on their own or was sent by another service."""

    way_in = fields.Choice(
        label="How did they come to you?",
        choices=BY_HAND,
        reveals={WayIn.SERVICE.value: ["sent_by"], WayIn.TOLD.value: ["crime_reference"]},
    )
    sent_by = fields.Text(
        label="Which service sent them, and who to ask there", required=False, audience=Audience.STAYS
    )
    crime_reference = fields.CrimeReference(label="Crime reference that the police gave them", required=False)
    given_names = fields.Name(label="Given names", max_length=100)
    family_name = fields.Name(label="Family name", max_length=100, required=False)
    called = fields.Name(
        label="What they like to be called", hint="Name and pronoun, if they say so", required=False
    )
    phone = fields.Token(
        label="Telephone number", hint="Only if it is safe to keep", max_length=40, width=20, required=False
    )
    email = fields.Token(label="E-mail address", hint="Only if it is safe to keep", required=False)
    safety = fields.LongText(
        label="What did they say about contacting them safely?",
        hint="When, how, and what to say if someone else answers.",
        required=False,
        rows=3,
        audience=Audience.STAYS,
    )
    relationship = fields.Choice(
        label="How do they know the person who stalks them?",
        choices=codes.Relationship.choices,
        required=False,
    )
    account = fields.LongText(
        label="What is happening, in a few sentences",
        hint="Write “their home” or “their work”, not the address.",
        required=False,
        audience=Audience.STAYS,
    )
    purposes = fields.Choices(
        label="What do they consent to?",
        hint="Ask about each one. Nothing is taken for granted.",
        choices=Purpose.choices,
        missing="Choose what they consent to. Without consent to being supported there is no case to open",
    )
    how = fields.Choice(
        label="How did they answer?", choices=[(one.value, one.label) for one in How if one is not How.POLICE]
    )
    mine = fields.YesNo(label="Will you work with them yourself?")

    def clean_phone(self) -> str:
        """Return the number. A number that cannot ring is refused."""
        number: str = self.cleaned_data["phone"].strip()
        if number:
            try:
                normal.phone(number)
            except normal.NotANumber:
                raise ValidationError("Enter a telephone number, like 01632 960 001") from None
        return number

    def clean_email(self) -> str:
        """Return the address. A text that does not look like an e-mail address is refused."""
        address: str = self.cleaned_data["email"].strip()
        if address and ("@" not in address.strip("@") or " " in address):
            raise ValidationError("Enter an e-mail address, like sam@example.org")
        return address

    def sought(self) -> tuple[str, ...]:
        """What leads to a client who is known already: the name, the number, the e-mail and the crime reference."""
        said = self.cleaned_data
        name = f"{said['given_names']} {said['family_name']}".strip()
        return tuple(filter(None, (name, said["phone"], said["email"], said["crime_reference"])))

    def entry(self, *, at: datetime) -> Entry:
        """The argument for the command, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        names = ("given_names", "family_name", "called", "account", "safety", "sent_by")
        given = ((Kind.PHONE, cleaned["phone"]), (Kind.EMAIL, cleaned["email"]))
        return Entry(
            identity=Identity(**{name: cleaned[name] for name in names}),
            way_in=WayIn(cleaned["way_in"]),
            relationship=cleaned["relationship"],
            crime_reference=cleaned["crime_reference"],
            locators=[(kind, value) for kind, value in given if value],
            consents=[Purpose(one) for one in cleaned["purposes"]],
            consented_on=dates.day_of(at),
            consented_how=How(cleaned["how"]),
        )


class Consents(Form):
    """Further consents of a client, each with its day."""

    purposes = fields.Choices(label="What do they consent to now?", choices=Purpose.choices)
    given_on = moments.Day(label="When did they tell you?")
    how = fields.Choice(label="How did they answer?", choices=How.choices)


class Withdrawal(Form):
    """The consent that the client takes back."""

    purpose = fields.Choice(label="Which consent is being withdrawn?", choices=Purpose.choices)


class Pause(Form):
    """Why the clock stands still."""

    reason = fields.Choice(
        label="Why must contact wait?",
        hint="The time until you press “Restart the clock” is counted separately, and never turns red.",
        choices=PauseReason.choices,
    )


class Close(Form):
    """Why a case is closed."""

    reason = fields.Choice(label="Why is the case being closed?", choices=CloseReason.choices)
    knows = fields.Tick(
        label="They know how to come back",
        required=False,
        hint="Leave it empty if they could not be reached.",
    )


class Allocation(Form):
    """The advocate who works with the client."""

    advocate = fields.Choice(label="Who works with them?", choices=[])


class GiveOver(Form):
    """Which clients of an advocate are given over, to whom, and why."""

    clients = fields.Choices(label="Which clients?", choices=[])
    advocate = fields.Choice(label="To whom?", choices=[])
    why = fields.Choice(label="Why?", choices=GivenOver.choices)
