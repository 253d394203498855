"""The handlers for what a partner says about keys."""

from desist.keys.public import PublicKeysError
from desist.post import payloads
from desist.post.handlers import CannotHandle, Handlers, Received
from desist.post.rotation import commands


def announced(received: Received) -> None:
    """Take over the announced keys."""
    payload: payloads.KeysAnnounced = received.payload
    try:
        commands.take_over(
            actor=received.actor, sender=received.sender, text=payload.keys, at=received.arrived
        )
    except PublicKeysError as reason:
        raise CannotHandle(str(reason)) from None


def withdrawn(received: Received) -> None:
    """Trust none of the sender's keys."""
    payload: payloads.KeysWithdrawn = received.payload
    try:
        commands.withdraw(
            actor=received.actor,
            sender=received.sender,
            text=payload.keys,
            by=received.signer,
            at=received.arrived,
            now=received.now or received.arrived,
        )
    except PublicKeysError as reason:
        raise CannotHandle(str(reason)) from None


def known(received: Received) -> None:
    """Note the key of ours that the sender knows."""
    payload: payloads.KeysKnown = received.payload
    commands.note_known(actor=received.actor, sender=received.sender, key=payload.key, at=received.arrived)


HANDLERS: Handlers = {
    payloads.KeysAnnounced: announced,
    payloads.KeysWithdrawn: withdrawn,
    payloads.KeysKnown: known,
}
