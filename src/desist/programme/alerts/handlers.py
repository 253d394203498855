"""What alerts do here. Their acknowledgements arrive at the concerns that raised them."""

from desist.post import payloads
from desist.programme.alerts import commands

HANDLERS = {payloads.Alert: commands.receive}
