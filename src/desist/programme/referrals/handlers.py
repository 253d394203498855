"""What envelopes about referrals do here."""

from collections.abc import Callable
from typing import Any

from desist.post import doors
from desist.programme.referrals import commands

HANDLERS: dict[type[doors.Payload], Callable[[Any, Any], None]] = {
    doors.Referral: lambda received, payload: commands.receive(received=received, payload=payload),
    doors.ReferralWithdrawn: lambda received, payload: commands.withdraw(received=received),
}
