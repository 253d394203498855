"""How this site handles the directory of agencies and what agencies say."""

from desist.post import payloads
from desist.programme.plans.support import commands

HANDLERS = {
    payloads.AgencyListing: commands.note_listing,
    payloads.SupportAnswer: commands.note_answer,
}
