"""What exit reports do here."""

from desist.partnership.exits import commands
from desist.post import payloads

HANDLERS = {payloads.ExitReport: commands.receive}
