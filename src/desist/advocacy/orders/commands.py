"""Keeping what the police tell of a client's order."""

from desist.advocacy.orders.models import OrderNews
from desist.advocacy.policy import Action
from desist.advocacy.victims.models import Victim
from desist.post import payloads
from desist.post.handlers import Received
from desist.wall import gate


class UnknownThread(Exception):
    """An envelope is about a client whom this site does not have."""


def receive(received: Received) -> None:
    """News of an order, for whoever works with the client."""
    told: payloads.OrderUpdate = received.payload
    victim = Victim.objects.filter(thread=received.thread, partner=received.sender).first()
    if victim is None:
        raise UnknownThread(received.sender)
    news = OrderNews(victim=victim, area=victim.area, event=told.event, on=told.on, received_at=received.at)
    with gate.create(received.actor, Action.RECEIVE_ORDER_NEWS, news, at=received.at):
        pass
