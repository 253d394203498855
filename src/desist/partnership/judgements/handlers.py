"""How this site handles questions for a judgement."""

from desist.partnership.judgements import commands
from desist.post import payloads

HANDLERS = {payloads.JudgementRequest: commands.receive}
