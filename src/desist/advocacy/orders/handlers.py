"""What news of orders does here."""

from desist.advocacy.orders import commands
from desist.post import payloads

HANDLERS = {payloads.OrderUpdate: commands.receive}
