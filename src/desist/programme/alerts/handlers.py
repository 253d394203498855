"""What alerts and their acknowledgements do here."""

from desist.post import payloads
from desist.programme.alerts import commands

HANDLERS = {payloads.Alert: commands.receive, payloads.AlertAcknowledged: commands.acknowledge}
