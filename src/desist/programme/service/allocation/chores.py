"""What the clock does about who works with whom."""

from datetime import datetime

from desist.programme.service.allocation import commands
from desist.wall import actors


def stand_in(*, at: datetime) -> None:
    """Let whoever stands in see the people of those who are away, and no longer once they are back."""
    commands.stand_in(actor=actors.clock(), at=at)
