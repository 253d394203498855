"""The worker's part in bringing files in."""

from datetime import datetime

from desist.advocacy.evidence import commands


def go_on(*, at: datetime) -> None:
    """Work on the files that wait."""
    commands.go_on(at=at)
