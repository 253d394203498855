"""The clock's part in a rotation: every partner is told, and what waits for digits is held and goes out after them."""

from datetime import datetime

from desist.post import outbox
from desist.post.rotation import commands, queries
from desist.wall import actors


def tell(*, at: datetime) -> None:
    """Tell every partner that does not know this site's newest keys; hold and release what waits for digits."""
    actor = actors.clock()
    for partner in queries.to_hold(at=at):
        outbox.hold(partner)
    for ref in queries.to_tell(at=at):
        commands.tell(actor=actor, ref=ref, at=at)
    for partner in queries.to_release():
        outbox.release(partner)
