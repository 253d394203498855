"""How this site handles the extracts that services send."""

from desist.commission.extracts import commands
from desist.post import payloads

HANDLERS = {
    payloads.OutcomeExtract: commands.receive,
    payloads.ExtractRecalled: commands.note_recall,
}
