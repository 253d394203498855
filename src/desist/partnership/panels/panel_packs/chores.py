"""The worker's part in printing for a panel."""

from datetime import datetime

from desist.partnership.panels.panel_packs import commands, drawing
from desist.wall import actors


def draw(*, at: datetime) -> None:
    """Draw what waits, one document in each change: a worker that is killed loses the one in hand, and draws it again."""
    for ref in commands.waiting():
        drawing.draw(actor=actors.clock(), ref=ref, at=at)
