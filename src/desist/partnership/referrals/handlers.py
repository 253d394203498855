"""How this site handles envelopes about referrals. Notices of progress go to the switchboard, which passes them on."""

from desist.partnership.referrals import commands
from desist.post import payloads

HANDLERS = {
    payloads.ReferralDecision: commands.note_decision,
    payloads.RiskJudged: commands.note_judged,
}
