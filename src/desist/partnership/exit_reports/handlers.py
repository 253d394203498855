"""How this site handles envelopes with exit reports."""

from desist.partnership.exit_reports import commands
from desist.post import payloads

HANDLERS = {payloads.ExitReport: commands.receive}
