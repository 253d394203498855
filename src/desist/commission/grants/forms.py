"""What is asked about a grant."""

from typing import Any

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.moments import Day

MOST = 99_999_999
BACKWARDS = "The last day must be the first day or a later one"
#: a grant over more days than this is more likely a wrong year
LONGEST = 3660


class Grant(Form):
    """One grant for one service."""

    giver = fields.Name(
        label="Who gave it?", hint="The organisation, not a person. For example: Home Office", max_length=80
    )
    service = fields.Pick(label="Service", choices=[])
    pounds = fields.Whole(
        label="Pounds", hint="Whole pounds for the whole time", least=1, most=MOST, width=10
    )
    first_day = Day(label="First day")
    last_day = Day(label="Last day")

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and a time that is too long to be one grant."""
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", BACKWARDS)
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("last_day", "A grant can be for ten years at most. Check the years")
        return cleaned
