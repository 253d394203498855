"""How this site handles envelopes with news of the police."""

from desist.advocacy.updates import commands
from desist.post import payloads

HANDLERS = {
    payloads.OrderUpdate: commands.hear_of_order,
    payloads.ProgrammeUpdate: commands.hear_of_programme,
    payloads.Alert: commands.hear_alert,
}
