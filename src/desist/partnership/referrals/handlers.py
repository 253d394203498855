"""What envelopes about referrals do here."""

from desist.partnership.referrals import commands
from desist.post import doors

HANDLERS = {
    doors.ReferralDecision: commands.note_decision,
    doors.ProgressNotice: commands.note_progress,
}
