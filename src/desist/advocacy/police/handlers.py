"""How this site handles the referrals and the answers of the police."""

from desist.advocacy.police import commands
from desist.desk.alerts import commands as alerts
from desist.post import payloads

HANDLERS = {
    payloads.VictimReferral: commands.take_on,
    payloads.PairAnswer: commands.answer,
    payloads.AlertAcknowledged: alerts.note_acknowledgement,
}
