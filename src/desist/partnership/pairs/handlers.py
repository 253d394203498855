"""What pair requests do here."""

from desist.partnership.pairs import commands
from desist.post import payloads

HANDLERS = {payloads.PairRequest: commands.ask}
