"""What an acknowledged alert does here."""

from desist.post import payloads
from desist.programme.concerns import commands

HANDLERS = {payloads.AlertAcknowledged: commands.acknowledge}
