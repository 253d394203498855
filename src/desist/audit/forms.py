"""What the audit may be narrowed by."""

from typing import Any

from desist.audit.queries import Criteria
from desist.ui import fields, moments
from desist.ui.forms import Filter

ANY = ("", "Any")
KINDS = (("looked", "Looked at"), ("changed", "Changed or sent"), ("refused", "Refused"))


class Events(Filter):
    """Who did what with which case, and when."""

    who = fields.Pick(label="Person", choices=())
    case = fields.Text(
        label="Case reference", hint="Of a referral, a person, a session ...", max_length=20, width=20
    )
    kind = fields.Pick(label="Purpose", choices=KINDS, required=False)
    action = fields.Pick(label="Action", choices=())
    since = moments.Day(label="From")
    until = moments.Day(label="To")

    def criteria(self) -> Criteria:
        """What the query takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Criteria(
            who=cleaned["who"],
            case=cleaned["case"],
            action=cleaned["action"],
            kind=cleaned["kind"],
            since=cleaned["since"],
            until=cleaned["until"],
        )
