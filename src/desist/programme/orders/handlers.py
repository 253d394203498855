"""What notices of orders do here."""

from desist.post import payloads
from desist.programme.orders import commands

HANDLERS = {payloads.OrderNotice: commands.receive}
