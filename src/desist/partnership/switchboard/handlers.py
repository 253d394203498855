"""How the switchboard handles envelopes."""

from desist.desk.alerts import commands as alerts
from desist.partnership.switchboard import commands
from desist.post import payloads

HANDLERS = {
    payloads.Alert: commands.receive_alert,
    payloads.AlertAcknowledged: alerts.note_acknowledgement,
    payloads.ProgressNotice: commands.note_progress,
    payloads.PlaceEnding: commands.note_ending,
}
