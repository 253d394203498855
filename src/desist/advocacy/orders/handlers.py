"""How this site handles the police's notices of a client's order, and their questions about its words."""

from desist.advocacy.orders import commands
from desist.post import payloads

HANDLERS = {
    payloads.OrderForClient: commands.hear,
    payloads.ClearanceRequest: commands.hear_question,
}
