"""The clock's part in allocation."""

from datetime import datetime

from desist.programme.service.allocation import commands
from desist.wall import actors


def stand_in(*, at: datetime) -> None:
    """Let practitioners who stand in see the people of absent colleagues, until those are back."""
    commands.stand_in(actor=actors.clock(), at=at)
