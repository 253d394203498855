"""The worker's part in receiving exhibits."""

from datetime import datetime

from desist.partnership.exhibits import commands


def go_on(*, at: datetime) -> None:
    """Hash what has arrived, and ask again for what did not come."""
    commands.check(at=at)
    commands.chase(at=at)
