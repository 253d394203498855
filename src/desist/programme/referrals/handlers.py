"""The handlers for envelopes about referrals."""

from desist.post import payloads
from desist.programme.referrals import commands

HANDLERS = {
    payloads.Referral: commands.receive,
    payloads.ReferralAmended: commands.amend,
    payloads.ReferralWithdrawn: commands.withdraw,
}
