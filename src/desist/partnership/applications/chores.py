"""What the clock does with orders in the register."""

from datetime import datetime

from desist.partnership.applications import queries
from desist.partnership.orders import commands
from desist.wall import actors


def expire(*, at: datetime) -> None:
    """Note that an order has ended once its last day in London is over."""
    actor = actors.clock()
    for ref in queries.over(at=at):
        commands.let_expire(actor=actor, ref=ref, at=at)
