"""The handlers for notices of orders."""

from desist.post import payloads
from desist.programme.orders import commands

HANDLERS = {payloads.OrderNotice: commands.receive}
