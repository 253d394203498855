"""The filters of the audit."""

from typing import Any

from desist.audit.queries import Criteria
from desist.audit.states import Purpose
from desist.ui import fields, moments
from desist.ui.forms import Filter, Form

ANY = ("", "Any")
KINDS = (("looked", "Looked at"), ("changed", "Changed or sent"), ("refused", "Refused"))


class Why(Form):
    """The purpose of opening the audit."""

    purpose = fields.Choice(
        label="What do you open the audit for?",
        hint="It may be used for nothing else (Data Protection Act 2018, section 62(4)). Your answer is recorded.",
        choices=Purpose.choices,
    )


class Events(Filter):
    """The filters: the account, the action, the case, the period, and the purpose of looking."""

    purpose = fields.Pick(label="You look", choices=Purpose.choices)
    who = fields.Pick(label="Person", choices=())
    case = fields.Token(
        label="Case reference", hint="Of a referral, a person, a session ...", max_length=20, width=20
    )
    kind = fields.Pick(label="Kind of event", choices=KINDS, required=False)
    action = fields.Pick(label="Action", choices=())
    since = moments.Day(label="From")
    until = moments.Day(label="To")

    def clean_purpose(self) -> Purpose:
        """Require one of the four purposes: the audit does not open without it."""
        return Purpose(self.cleaned_data["purpose"])

    def criteria(self) -> Criteria:
        """The criteria for the query, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Criteria(
            purpose=cleaned["purpose"],
            who=cleaned["who"],
            case=cleaned["case"],
            action=cleaned["action"],
            kind=cleaned["kind"],
            since=cleaned["since"],
            until=cleaned["until"],
        )
