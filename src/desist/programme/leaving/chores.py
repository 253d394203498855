"""The clock's part in leaving."""

from datetime import datetime

from desist.programme.leaving import commands


def release(*, at: datetime) -> None:
    """End the deselections whose hold is over."""
    commands.release_due(at=at)
