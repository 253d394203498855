"""What the vault does by the clock."""

from datetime import datetime

from desist.advocacy.vault import commands, erasure, queries
from desist.wall import actors


def run(*, at: datetime) -> None:
    """Destroy again what a backup brought back, and keep the list of who was destroyed whole."""
    commands.destroy_again(actor=actors.clock(), at=at)
    erasure.complete(queries.destroyed())
