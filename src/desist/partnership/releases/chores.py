"""What the clock does about the words of orders."""

from datetime import datetime

from desist.partnership.releases import commands, queries, telling
from desist.wall import actors


def run(*, at: datetime) -> None:
    """Ask the services of those whom words may lead to, and tell the advocates of the protected what an order says."""
    actor = actors.clock()
    for ref in queries.unasked_releases(at=at):
        commands.ask_services(actor=actor, ref=ref, at=at)
    for ref in queries.untold_orders():
        telling.tell_clients(actor=actor, ref=ref, at=at)
