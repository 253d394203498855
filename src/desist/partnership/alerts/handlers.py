"""What an alert does here."""

from desist.partnership.alerts import commands
from desist.post import doors

HANDLERS = {doors.Alert: commands.receive}
