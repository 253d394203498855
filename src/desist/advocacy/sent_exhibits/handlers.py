"""How this site handles what the police say of exhibits."""

from desist.advocacy.sent_exhibits import commands
from desist.post import payloads

HANDLERS = {
    payloads.ExhibitReceipt: commands.answer,
    payloads.ExhibitRecalled: commands.note_recalled,
}
