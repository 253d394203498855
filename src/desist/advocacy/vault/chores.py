"""What the clock does with the vault."""

from datetime import datetime

from desist.advocacy.vault import commands, erasure, queries
from desist.wall import actors


def run(*, at: datetime) -> None:
    """Destroy keys that a backup brought back, keep the list of destroyed keys whole, and alert about many refusals."""
    commands.destroy_again(actor=actors.clock(), at=at)
    erasure.complete(queries.destroyed())
    commands.alert_of_refusals(at=at)
