"""How this site handles envelopes about victims."""

from desist.advocacy.clients import commands
from desist.post import payloads

HANDLERS = {payloads.VictimReferral: commands.receive}
