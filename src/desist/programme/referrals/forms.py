"""What a manager fills in."""

from typing import Any

from desist.programme.referrals import commands
from desist.programme.referrals.states import DeclineReason, State
from desist.ui import fields
from desist.ui.forms import Form


class Decision(Form):
    """Accept, consultation only, or decline with a coded reason."""

    outcome = fields.Choice(
        label="What is decided?",
        choices=[
            (State.ACCEPTED, "Accept"),
            (State.CONSULTATION, "Consultation only"),
            (State.DECLINED, "Decline"),
        ],
        hints={
            State.ACCEPTED: "An episode opens, and the 14-day clock runs until a practitioner is allocated",
            State.CONSULTATION: "Advice to the referrer; nobody is allocated",
        },
        reveals={State.DECLINED: ["decline_reason"]},
    )
    decline_reason = fields.Pick(label="Why is it declined?", choices=DeclineReason.choices)
    note = fields.LongText(
        label="Note for the file",
        hint="Only your service sees this. The referrer is told the outcome and the coded reason.",
        required=False,
    )

    def decision(self) -> commands.Decision:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return commands.Decision(
            outcome=State(cleaned["outcome"]), decline_reason=cleaned["decline_reason"], note=cleaned["note"]
        )
