"""What envelopes about referrals do here. Notices of progress arrive at the switchboard, which passes them on."""

from desist.partnership.referrals import commands
from desist.post import payloads

HANDLERS = {payloads.ReferralDecision: commands.note_decision}
