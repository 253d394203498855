"""How this site handles what services send."""

from desist.commission.returns import commands
from desist.post import payloads

HANDLERS = {
    payloads.ServiceReturn: commands.receive,
    payloads.ReturnRecalled: commands.note_recall,
    payloads.ReturnAnswer: commands.note_answer,
}
