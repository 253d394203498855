"""What an alert does here."""

from desist.partnership.alerts import commands
from desist.post import payloads

HANDLERS = {payloads.Alert: commands.receive}
