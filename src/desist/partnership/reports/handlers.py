"""How this site handles envelopes with breach reports."""

from desist.partnership.reports import commands
from desist.post import payloads

HANDLERS = {payloads.BreachReport: commands.receive}
