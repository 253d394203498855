"""What the clock does about who works with whom."""

from datetime import datetime

from desist.programme.allocation import commands


def stand_in(*, at: datetime) -> None:
    """Let whoever stands in see the people of those who are away, and no longer once they are back."""
    commands.stand_in(at=at)
