"""How this site handles envelopes about exhibits."""

from desist.partnership.exhibits import commands
from desist.post import payloads

HANDLERS = {
    payloads.EvidenceExhibit: commands.receive,
    payloads.ExhibitPiece: commands.take_piece,
    payloads.ExhibitRecall: commands.recall,
}
