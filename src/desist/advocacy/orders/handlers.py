"""What the police tell of a client's order, and ask about its words."""

from desist.advocacy.orders import commands
from desist.post import payloads

HANDLERS = {
    payloads.OrderForClient: commands.hear,
    payloads.ClearanceRequest: commands.hear_question,
}
