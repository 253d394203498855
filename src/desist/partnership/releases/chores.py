"""What the clock does with the words of orders."""

from datetime import datetime

from desist.partnership.releases import commands, queries, telling
from desist.wall import actors


def run(*, at: datetime) -> None:
    """Ask the services of clients to whom words may lead, and tell protected people's advocates what an order says."""
    actor = actors.clock()
    for ref in queries.unasked_releases(at=at):
        commands.ask_services(actor=actor, ref=ref, at=at)
    for ref in queries.untold_orders():
        telling.tell_clients(actor=actor, ref=ref, at=at)
