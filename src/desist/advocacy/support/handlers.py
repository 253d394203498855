"""How this site handles the directory of agencies and what agencies say."""

from desist.advocacy.support import commands
from desist.post import payloads

HANDLERS = {
    payloads.AgencyListing: commands.note_listing,
    payloads.SupportAnswer: commands.note_answer,
}
