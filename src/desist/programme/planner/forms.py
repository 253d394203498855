"""When the sessions are wanted."""

from collections.abc import Iterable
from typing import Any

from desist.programme.planner import commands
from desist.ui import fields, moments
from desist.ui.forms import Form

REMOTE = "remote"


class Wish(Form):
    """The first day, the hour, how long, and where."""

    first = moments.Day(label="First session on", hint="The others follow weekly. For example, 27 3 2026")
    at = moments.Clock(label="At")
    minutes = fields.Whole(
        label="Minutes",
        required=False,
        least=30,
        most=150,
        hint="30 to 150. Empty: as the curriculum says of each session",
        width=3,
    )
    room = fields.Choice(label="Where", choices=[])

    def __init__(self, *args: Any, rooms: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Offer the rooms of the area, and remote sessions."""
        super().__init__(*args, **kwargs)
        self.offer("room", [*rooms, (REMOTE, "Remote")])

    def wish(self) -> commands.Wish:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        room = None if cleaned["room"] == REMOTE else cleaned["room"]
        return commands.Wish(first=cleaned["first"], at=cleaned["at"], minutes=cleaned["minutes"], room=room)
