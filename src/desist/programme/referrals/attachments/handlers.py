"""The handlers for envelopes that hold files."""

from desist.post import payloads
from desist.programme.referrals.attachments import commands

HANDLERS = {
    payloads.ReferralAttachment: commands.receive,
    payloads.AttachmentRecall: commands.recall,
}
