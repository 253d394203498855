"""The payloads about keys, at every door: new ones, ones that are not to be trusted any more, and the answer."""

from dataclasses import dataclass
from typing import ClassVar

from desist.post.payload import Coded, Payload


@dataclass(frozen=True)
class KeysAnnounced(Payload):
    """The sender has new keys, each vouched for by the one before it. `keys` as keys.public.PublicKeys writes them."""

    keys: Coded

    KIND: ClassVar[str] = "keys-announced"
    FIRST: ClassVar[bool] = True


@dataclass(frozen=True)
class KeysWithdrawn(Payload):
    """The keys of before may be known to others: trust none of them. The new `keys` hold once people compared the digits."""

    keys: Coded

    KIND: ClassVar[str] = "keys-withdrawn"
    FIRST: ClassVar[bool] = True


@dataclass(frozen=True)
class KeysKnown(Payload):
    """The sender knows the receiver's key of this id, and accepts what it signs."""

    key: Coded

    KIND: ClassVar[str] = "keys-known"
    FIRST: ClassVar[bool] = True
