"""The worker's part in possible breaches."""

from datetime import datetime

from desist.advocacy.candidates import commands


def look(*, at: datetime) -> None:
    """Look at the orders about whose clients something new is known."""
    commands.look(at=at)
