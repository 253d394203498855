"""How this site handles envelopes about disclosures."""

from desist.advocacy.disclosures import commands
from desist.post import disclosures

HANDLERS = {
    disclosures.DisclosureReceipt: commands.note_receipt,
    disclosures.DisclosureRefused: commands.note_refusal,
}
