"""How this site handles envelopes with attendance certificates."""

from desist.partnership.breaches import commands
from desist.post import payloads

HANDLERS = {payloads.AttendanceCertificate: commands.note_attendance}
