"""What an acknowledged alert does here."""

from desist.post import doors
from desist.programme.concerns import commands

HANDLERS = {doors.AlertAcknowledged: commands.acknowledge}
