"""What a door is: see post/doors.py for all of them."""

from dataclasses import dataclass

from desist.post.payloads import Payload
from desist.sites import Zone


@dataclass(frozen=True)
class Door:
    """The sender and receiver of a payload, and how many people must approve it first."""

    payload: type[Payload]
    sender: Zone
    receiver: Zone
    purpose: str
    approvals: int = 0
