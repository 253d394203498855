"""What the vault does by the clock."""

from datetime import datetime

from desist.advocacy.vault import commands, erasure, queries
from desist.wall import actors


def run(*, at: datetime) -> None:
    """Destroy again what a backup brought back, keep the list of who was destroyed whole, and tell of many refusals."""
    commands.destroy_again(actor=actors.clock(), at=at)
    erasure.complete(queries.destroyed())
    commands.alert_of_refusals(at=at)
