"""The content of certified copies."""

from datetime import datetime

from desist.partnership.order_copies import sealing
from desist.partnership.order_copies.policy import Action
from desist.partnership.orders.models import Order
from desist.post import own
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.gate import NotFound


def content(*, actor: Actor, ref: str, copy: str, at: datetime) -> bytes:
    """Record that a copy is opened, and return the file as it was stored."""
    order = gate.open(actor, Action.OPEN_COPY, Order, ref, at=at).get()
    found = order.copies.filter(ref=copy).first()
    if found is None:
        raise NotFound(copy)
    return sealing.unlock(
        sealed=bytes(found.sealed), order=order.ref, sha256=found.sha256, key_id=found.key_id, keys=own.keys()
    )
