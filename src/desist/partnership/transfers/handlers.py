"""What a handed-over order does here."""

from desist.partnership.transfers import commands
from desist.post import payloads

HANDLERS = {payloads.OrderHandover: commands.receive}
