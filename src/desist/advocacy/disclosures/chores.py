"""What is taken back by the clock."""

from datetime import datetime

from desist.advocacy.disclosures import commands
from desist.wall import actors


def run(*, at: datetime) -> None:
    """Take back what was to be passed on to the programme, where the client's choice ended before it was."""
    commands.take_back(actor=actors.clock(), at=at)
