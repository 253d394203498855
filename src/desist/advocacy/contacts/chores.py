"""What the clock does with messages to clients."""

from datetime import datetime

from desist.advocacy.contacts import sending
from desist.wall import actors


def send(*, at: datetime) -> None:
    """Send the messages whose safe time is now."""
    sending.send_due(actor=actors.clock(), at=at)
