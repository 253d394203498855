"""Storing a certified copy."""

from datetime import datetime

from desist.partnership.order_copies import sealing
from desist.partnership.order_copies.policy import Action
from desist.partnership.orders.models import Order
from desist.partnership.orders.writing import edited, note
from desist.post import own
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor


def store(*, actor: Actor, ref: str, title: str, content: bytes, version: int | None, at: datetime) -> None:
    """Encrypt a copy and keep it with its fingerprint. A file that is stored twice is kept once."""
    with gate.change(actor, Action.STORE_COPY, Order, ref, at=at) as order, edited(order, version):
        sha256 = sealing.fingerprint(content)
        if order.copies.filter(sha256=sha256).exists():
            raise Refused("This file is already stored")
        keys = own.keys().current
        order.copies.create(
            title=title,
            sha256=sha256,
            size=len(content),
            key_id=keys.id,
            sealed=sealing.lock(content=content, order=order.ref, keys=keys),
            stored_by=actor.who,
            stored_at=at,
        )
        note(order, f"Copy stored: {title}", on=day_of(at), by=actor, at=at, words=f"SHA-256 {sha256}")
