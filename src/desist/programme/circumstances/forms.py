"""The form that only this side has: what the referral says is ended."""

from collections.abc import Iterable

from desist.circumstances.states import ENDS, Kind
from desist.ui import fields
from desist.ui.forms import Form


class EndReferred(Form):
    """Which part of the referral is no longer in force, and why."""

    kind = fields.Choice(label="What no longer holds?", choices=[])
    over = fields.Choice(label="Why do you end it?", choices=ENDS)

    def offered(self, *, alone: Iterable[Kind], risks: str, needs: str) -> "EndReferred":
        """Offer each risk and need of the referral that still holds, and all of either."""
        found = [
            (Kind.OTHER.value, "All the risks to staff", risks),
            (Kind.OTHER_NEED.value, "All the needs", needs),
        ]
        self.offer(
            "kind",
            [
                *((kind.value, str(kind.label)) for kind in alone),
                *((value, title) for value, title, said in found if said),
            ],
            hints={value: said for value, _, said in found if said},
        )
        return self
