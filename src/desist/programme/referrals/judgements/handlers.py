"""The handler for judgements of the police."""

from desist.post import payloads
from desist.programme.referrals.judgements import commands

HANDLERS = {payloads.PoliceJudgement: commands.receive}
