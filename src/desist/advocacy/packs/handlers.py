"""How this site handles envelopes with crime references."""

from desist.advocacy.packs import commands
from desist.post import payloads

HANDLERS = {payloads.BreachReference: commands.note_reference}
