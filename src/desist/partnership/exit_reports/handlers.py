"""What exit reports do here."""

from desist.partnership.exit_reports import commands
from desist.post import payloads

HANDLERS = {payloads.ExitReport: commands.receive}
