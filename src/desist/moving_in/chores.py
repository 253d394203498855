"""The worker's part in moving a caseload in."""

from datetime import datetime

from desist.moving_in import commands


def go_on(*, at: datetime) -> None:
    """Check or bring in the tables that wait."""
    commands.go_on(commands.of_zone(), at=at)
