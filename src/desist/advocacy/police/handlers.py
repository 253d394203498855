"""What the police answer."""

from desist.advocacy.police import commands
from desist.desk.alerts import commands as alerts
from desist.post import payloads

HANDLERS = {
    payloads.PairAnswer: commands.answer,
    payloads.AlertAcknowledged: alerts.note_acknowledgement,
}
