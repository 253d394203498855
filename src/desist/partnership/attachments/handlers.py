"""How this site handles envelopes about files."""

from desist.partnership.attachments import commands
from desist.post import payloads

HANDLERS = {payloads.AttachmentRecalled: commands.note_recalled}
