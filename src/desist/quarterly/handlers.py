"""How this site handles what a commissioner asks about a return."""

from desist.post import payloads
from desist.quarterly import commands

HANDLERS = {payloads.ReturnQuestion: commands.note_question}
