"""The worker's part in a merge of two clients: archives of exhibits that went along are locked anew."""

from contextlib import suppress
from datetime import datetime

from desist.advocacy.evidence import commands as evidence
from desist.advocacy.evidence.relocking import Locked, Moved, lock
from desist.advocacy.exhibits import commands, keeping
from desist.advocacy.vault import boxes
from desist.advocacy.vault.cipher import CannotOpen
from desist.keys.sitekeys import UnknownKey

PIECES = Locked("pieces", keeping.CONTENT, 4)


def work(*, at: datetime) -> None:
    """Lock every exhibit anew that waits for it. Of one that cannot be opened the page says so, as it would without a merge."""
    with evidence.one_worker():
        for row in commands.to_lock():
            with suppress(Moved, UnknownKey):
                with suppress(CannotOpen, boxes.Shredded):
                    lock(PIECES, lambda row=row: commands.locking(row, at=at))  # type: ignore[misc]
                commands.locked_anew(row, at=at)
