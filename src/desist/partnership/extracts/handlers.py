"""How this site handles what programmes ask for their extracts."""

from desist.partnership.extracts import commands
from desist.post import payloads

HANDLERS = {
    payloads.OutcomesAsked: commands.receive,
    payloads.ExtractRecalled: commands.note_recall,
}
