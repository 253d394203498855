"""The worker's part in bringing files in."""

from contextlib import suppress
from datetime import datetime

from desist.advocacy.evidence import reading, relocking
from desist.wall import turns


def go_on(*, at: datetime) -> None:
    """Work on the files that wait, unless another worker of the site does."""
    with suppress(turns.Taken):
        relocking.work(at=at)
        reading.work(at=at)
