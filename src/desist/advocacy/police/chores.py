"""What the clock does with the exchange with the police."""

from datetime import datetime

from desist.advocacy.police import commands, queries
from desist.wall import actors


def run(*, at: datetime) -> None:
    """End each exchange that rests on a choice whose last day is over."""
    actor = actors.clock()
    for ref in queries.run_out(at=at):
        commands.let_run_out(actor=actor, ref=ref, at=at)
