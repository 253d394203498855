"""What breach reports do here."""

from desist.partnership.reports import commands
from desist.post import payloads

HANDLERS = {payloads.BreachReport: commands.receive}
