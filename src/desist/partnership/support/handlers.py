"""How this site handles referrals to agencies."""

from desist.partnership.support import commands
from desist.post import payloads

HANDLERS = {
    payloads.SupportRequest: commands.receive,
    payloads.SupportReply: commands.receive_reply,
    payloads.SupportWithdrawn: commands.receive_withdrawal,
}
