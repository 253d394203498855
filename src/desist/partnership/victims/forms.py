"""The form by which the police refer a victim who agreed."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from phonenumbers import NumberParseException, is_possible_number, parse

from desist import codes
from desist.partnership.victims.commands import Agreement, Victim
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

TOOLS = [pair for pair in codes.RiskTool.choices if pair[0] != codes.RiskTool.NONE]
ONLY_AGREED = "Only if they agreed to share it. Otherwise leave it empty."


class Start(Form):
    """One victim, what they agreed to share, and the officer whom the service can ask."""

    #: behind a click on the page: a screening, which is whole or left out
    RISK: ClassVar[tuple[str, ...]] = (
        *("risk_tool", "risk_tool_version", "risk_result"),
        *("risk_rater", "risk_rater_trained", "risk_rated_on"),
    )
    #: the second column
    SECOND: ClassVar[tuple[str, ...]] = (
        *("behaviours", "relationship", "crime_reference", "referral", "officer_name", "officer_phone"),
    )

    advocacy = fields.Choice(label="Which advocacy service?", choices=[])
    agreed = fields.Tick(
        label="The victim agreed to be referred and knows what is sent",
        missing="Ask the victim first. Without their agreement nothing is sent",
    )
    agreed_on = moments.Day(label="When did they agree?")
    given_names = fields.Name(label="Given names", max_length=100)
    family_name = fields.Name(label="Family name", max_length=100)
    phone = fields.Token(label="Telephone number", hint=ONLY_AGREED, required=False, max_length=40, width=20)
    email = fields.Token(label="E-mail address", hint=ONLY_AGREED, required=False)
    address = fields.Address(label="Home address", hint=ONLY_AGREED, required=False, max_length=400, rows=3)
    # It says how to reach the victim, for their own service: nothing in it is a false alarm.
    safety = fields.LongText(
        label="What did they say about being contacted safely?",
        hint="When, how, what to say if someone else answers. Write “not known” if nobody has asked.",
        max_length=2000,
        rows=3,
        audience=Audience.NO_WORDS,
    )
    account = fields.LongText(
        label="What happened, in a few sentences",
        hint="The advocacy service reads this. Write no address, place or telephone number in it.",
        max_length=4000,
        rows=4,
        audience=Audience.CROSSES,
    )
    behaviours = fields.Choices(label="Which acts associated with stalking?", choices=codes.Behaviour.choices)
    relationship = fields.Choice(
        label="How do they know the person who stalks them?", choices=codes.Relationship.choices
    )
    crime_reference = fields.CrimeReference(label="Crime reference")
    referral = fields.Pick(
        label="Referral of the person who stalks them",
        hint="So that the two sides of the case are linked. Only the police see this.",
        choices=[],
        required=False,
    )
    officer_name = fields.Name(label="Name of the officer to contact", max_length=80)
    officer_phone = fields.Token(label="Work telephone", max_length=40, width=20)
    risk_tool = fields.Pick(label="Which tool?", choices=TOOLS, required=False, nothing="None was used")
    risk_tool_version = fields.Text(
        label="Version of the tool",
        hint="As printed on the form. For another tool, its name too.",
        required=False,
        max_length=80,
        audience=Audience.CROSSES,
    )
    risk_result = fields.Text(
        label="What was the result?",
        hint="In the words of the tool, as the rater concluded. Not a total of items.",
        required=False,
        audience=Audience.CROSSES,
    )
    risk_rater = fields.Name(label="Name of the person who rated", required=False, max_length=80)
    risk_rater_trained = fields.YesNo(label="Is the rater trained in this tool?", required=False)
    risk_rated_on = moments.Day(label="The day it was rated", required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- the form's own arguments
        services: Iterable[tuple[str, str]],
        beside: Iterable[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 -- the form's own arguments
    ) -> None:
        """Offer the services of the partner register and the area's referrals."""
        super().__init__(*args, **kwargs)
        self.offer("advocacy", list(services))
        self.offer("referral", [("", "None, or not known"), *beside])

    def clean(self) -> dict[str, Any]:
        """A screening is whole, or nothing of it is told."""
        cleaned = super().clean()
        if any(cleaned.get(name) not in {"", None} for name in self.RISK):
            for name in self.RISK:
                if name not in self.errors and cleaned.get(name) in {"", None}:
                    self.add_error(
                        name,
                        f"{self[name].label.rstrip('?')}: answer this, or leave the whole screening empty",
                    )
        return cleaned

    def clean_phone(self) -> str:
        """Return the number. A number that cannot ring is refused."""
        number: str = self.cleaned_data["phone"].strip()
        try:
            wrong = bool(number) and not is_possible_number(parse(number, "GB"))
        except NumberParseException:
            wrong = True
        if wrong:
            raise ValidationError("Enter a telephone number, like 01632 960 001")
        return number

    def clean_email(self) -> str:
        """Return the address. A text that does not look like an e-mail address is refused."""
        address: str = self.cleaned_data["email"].strip()
        if address and not re.fullmatch(r"[^\s@]+@[^\s@]+", address):
            raise ValidationError("Enter an e-mail address, like sam@example.org")
        return address

    def victim(self) -> Victim:
        """The facts that are sent, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        answers = {name: cleaned[name] for name in Victim.__dataclass_fields__}
        day, trained = (
            cleaned["risk_rated_on"],
            {True: "yes", False: "no"}.get(cleaned["risk_rater_trained"], ""),
        )
        answers |= {"risk_rated_on": day.isoformat() if day else "", "risk_rater_trained": trained}
        return Victim(**answers | {"behaviours": tuple(cleaned["behaviours"])})

    def agreement(self) -> Agreement:
        """The facts that are kept, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Agreement(**{name: cleaned[name] for name in Agreement.__dataclass_fields__})
