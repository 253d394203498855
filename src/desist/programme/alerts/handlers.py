"""The handlers for alerts and acknowledgements that arrive here."""

from desist.post import payloads
from desist.programme.alerts import commands

HANDLERS = {payloads.Alert: commands.receive, payloads.AlertAcknowledged: commands.acknowledge}
