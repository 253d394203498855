"""The order as a protected person's advocate reads it: the conditions that protect the client, in released words."""

import hmac
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from desist.partnership.orders import wording
from desist.partnership.orders.models import Order
from desist.partnership.orders.notices import iso
from desist.partnership.orders.states import LIVE, State
from desist.partnership.pairs import commands as pairs
from desist.partnership.pairs.models import Side
from desist.partnership.releases.models import ClientNotice
from desist.partnership.releases.policy import Action
from desist.post import approvals, outbox, partners, payloads
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def tell_clients(*, actor: Actor, ref: str, at: datetime) -> None:
    """Tell, for the clock, the service of each protected person what an order says now, if that is news to it."""
    with gate.change(actor, Action.TELL_CLIENTS, Order, ref, at=at) as order:
        crimes = tuple(order.protected.values_list("crime_reference", flat=True))
        for side in pairs.of_crimes(area=order.area, crime_references=crimes):
            known = order.client_notices.filter(side=side).first()
            # An order that another force took over goes on: that force tells the people it protects.
            if order.state in LIVE or (known and order.state != State.MOVED):
                _tell(order, side, known, at)


def for_client(order: Order, side: Side, at: datetime) -> payloads.OrderForClient:
    """The order as one client's advocate is told. It mentions no other person whom the order protects."""
    known = wording.released(order)
    several = order.protected.count() > 1
    said = list(order.conditions.order_by("number"))
    held = [one for one in said if wording.protects(one, side.crime_reference)]
    # Until an officer sets whom a condition protects, it may protect each of them.
    unsaid = sum(several and not one.protects for one in said)
    shown = [one for one in held if wording.digest(one) in known]
    live = order.state in LIVE
    return payloads.OrderForClient(
        order=_token(order, side),
        standing=("served" if order.served_on else "made") if live else "ended",
        kind=order.kind,
        made_on=order.made_on or day_of(at),
        served_on=iso(order.served_on),
        ends_on=iso(order.closed_on or order.ends_on),
        conditions=tuple(map(wording.served, shown)),
        waiting=len(held) - len(shown) + unsaid,
        told_at=at,
        subjects=tuple(one.channel for one in shown),
    )


def _tell(order: Order, side: Side, known: ClientNotice | None, at: datetime) -> None:
    said = for_client(order, side, at)
    digest = _digest(said, side)
    if known is None or known.digest != digest:
        with suppress(partners.NoSuchPartner):
            outbox.send(said, to=side.advocacy, thread=side.thread, at=at, case=side.ref, about=side.called)
    said_now = {"version": order.version, "digest": digest, "told_at": at}
    order.client_notices.update_or_create(side=side, defaults=said_now)


def _token(order: Order, side: Side) -> str:
    """Return the name of an order for one client of one service. The programme and other clients get other names."""
    return hmac.digest(order.token.encode(), side.thread.encode(), "sha256").hex()[:32]


def _digest(said: payloads.OrderForClient, side: Side) -> str:
    """The digest of a notice without its moment."""
    return approvals.digest(replace(said, told_at=EPOCH), to=side.advocacy, case=side.ref)
