"""The worker's part in making exhibits."""

from contextlib import suppress
from datetime import datetime

from desist.advocacy.exhibits import making, relocking
from desist.wall import turns


def go_on(*, at: datetime) -> None:
    """Make the exhibits that were finished, unless another worker of the site reads or makes now."""
    with suppress(turns.Taken):
        relocking.work(at=at)
        making.work(at=at)
