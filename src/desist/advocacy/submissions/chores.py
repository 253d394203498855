"""The worker's part in what clients send by themselves."""

from datetime import datetime

from desist.advocacy.submissions import commands


def go_on(*, at: datetime) -> None:
    """Remove what did not arrive whole, and take over what was accepted."""
    commands.sweep(at=at)
    commands.take_over(at=at)
