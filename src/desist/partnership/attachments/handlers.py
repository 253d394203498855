"""What envelopes about files do here."""

from desist.partnership.attachments import commands
from desist.post import payloads

HANDLERS = {payloads.AttachmentRecalled: commands.note_recalled}
