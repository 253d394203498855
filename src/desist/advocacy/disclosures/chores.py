"""What the clock does with disclosures."""

from datetime import datetime

from desist.advocacy.disclosures import commands
from desist.wall import actors


def run(*, at: datetime) -> None:
    """Take back offers for the programme that were not passed on before the client's choice ended."""
    commands.take_back(actor=actors.clock(), at=at)
