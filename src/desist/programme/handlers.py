"""What envelopes do in the programme zone: the tables of its slices in one."""

from desist.programme.referrals import handlers as referrals

HANDLERS = {**referrals.HANDLERS}
