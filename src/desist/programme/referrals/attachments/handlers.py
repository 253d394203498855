"""What envelopes that hold files do here."""

from desist.post import payloads
from desist.programme.referrals.attachments import commands

HANDLERS = {
    payloads.ReferralAttachment: commands.receive,
    payloads.AttachmentRecall: commands.recall,
}
