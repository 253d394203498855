"""The handler of each payload: the tables of the zone's slices, merged.

A slice's `handlers.py` holds

    HANDLERS: Handlers = {payloads.ReferralDecision: referral_decision}

and each handler runs inside the inbox's transaction, as the post.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from django.conf import settings

from desist.keys.public import PublicKey
from desist.post import payloads
from desist.wall.actors import Actor


class CannotHandle(Exception):
    """A further try will not help: the sentence gives the reason, without any content of the envelope."""


class NotYet(Exception):
    """It waits until a person here has done what the sentence says; it is never dead of that."""


class HandledTwice(Exception):
    """Two slices of one zone both claim a payload."""


@dataclass(frozen=True)
class Received:
    """An opened envelope: its payload, its thread for answers, its sender, and its time.

    `signer`: the known key of the sender that signed it. Without one, and with one that was not accepted any more when it
    arrived, only a withdrawal of keys is handled. `now`: when it is handled.
    """

    payload: Any  # the payload class that the handler is listed for
    thread: str
    sender: str
    at: datetime
    actor: Actor
    arrived_at: datetime | None = None
    signer: PublicKey | None = None
    now: datetime | None = None

    @property
    def arrived(self) -> datetime:
        """When it arrived, by this site's clock."""
        return self.arrived_at or self.at


Handler: TypeAlias = Callable[[Received], None]
Handlers: TypeAlias = dict[type[payloads.Payload], Handler]


def handler_of(payload: payloads.Payload) -> Handler:
    """The one handler of a payload in this zone; raises CannotHandle."""
    try:
        return _merged(tuple(settings.DESIST_HANDLERS))[type(payload)]
    except KeyError:
        raise CannotHandle(f"Nothing at this site handles envelopes of kind {payload.KIND!r}.") from None


@cache
def _merged(modules: tuple[str, ...]) -> Handlers:
    merged: Handlers = {}
    for name in modules:
        found: Handlers = importlib.import_module(name).HANDLERS
        if twice := merged.keys() & found.keys():
            raise HandledTwice(f"{name} handles again: {', '.join(kind.KIND for kind in twice)}")
        merged |= found
    return merged
