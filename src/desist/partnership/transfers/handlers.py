"""How this site handles envelopes about orders that one force offers to another."""

from desist.partnership.transfers import commands
from desist.post import payloads

HANDLERS = {
    payloads.OrderHandover: commands.receive,
    payloads.OrderHandoverAnswer: commands.note_answer,
    payloads.OrderHandoverWithdrawn: commands.note_withdrawal,
}
