"""How this site handles the answers of advocacy services about the words of orders."""

from desist.partnership.releases import commands
from desist.post import payloads

HANDLERS = {payloads.ClearanceAnswer: commands.note_answer}
