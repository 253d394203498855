"""What envelopes about referrals do here."""

from desist.partnership.referrals import commands
from desist.post import payloads

HANDLERS = {
    payloads.ReferralDecision: commands.note_decision,
    payloads.ProgressNotice: commands.note_progress,
}
