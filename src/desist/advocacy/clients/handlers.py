"""What envelopes about victims do here."""

from desist.advocacy.clients import commands
from desist.post import payloads

HANDLERS = {payloads.VictimReferral: commands.receive}
