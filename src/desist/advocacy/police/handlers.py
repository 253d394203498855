"""How this site handles the answers of the police."""

from desist.advocacy.police import commands
from desist.desk.alerts import commands as alerts
from desist.post import payloads

HANDLERS = {
    payloads.PairAnswer: commands.answer,
    payloads.AlertAcknowledged: alerts.note_acknowledgement,
}
