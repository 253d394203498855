"""How this site handles the extracts that services send."""

from desist.commission.extracts import commands, outcomes
from desist.post import payloads

HANDLERS = {
    payloads.OutcomeExtract: commands.receive,
    payloads.PoliceOutcomes: outcomes.receive,
    payloads.ExtractRecalled: commands.note_recall,
}
