"""The clock's part in reminders."""

from datetime import datetime

from desist.programme.service.reminders import commands
from desist.wall import actors


def send(*, at: datetime) -> None:
    """Send the reminders of tomorrow's meetings."""
    commands.send_due(actor=actors.clock(), at=at)
