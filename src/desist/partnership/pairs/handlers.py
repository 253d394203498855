"""How this site handles envelopes with pair requests."""

from desist.partnership.pairs import commands
from desist.post import payloads

HANDLERS = {payloads.PairRequest: commands.ask}
