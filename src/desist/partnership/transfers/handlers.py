"""How this site handles envelopes with handed-over orders."""

from desist.partnership.transfers import commands
from desist.post import payloads

HANDLERS = {payloads.OrderHandover: commands.receive}
