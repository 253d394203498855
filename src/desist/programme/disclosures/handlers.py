"""The handlers for envelopes about disclosures."""

from desist.post import disclosures
from desist.programme.disclosures import commands

HANDLERS = {
    disclosures.Disclosure: commands.receive,
    disclosures.DisclosureRefused: commands.refused,
    disclosures.DisclosureRecall: commands.recall,
}
