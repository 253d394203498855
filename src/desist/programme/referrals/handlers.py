"""What envelopes about referrals do here."""

from desist.post import doors
from desist.programme.referrals import commands

HANDLERS = {
    doors.Referral: commands.receive,
    doors.ReferralWithdrawn: commands.withdraw,
}
