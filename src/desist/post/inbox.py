"""Receiving: one transaction opens, handles and marks one envelope, or changes nothing.

A failed envelope is tried again, each time after a longer pause. One that cannot succeed (an unknown kind or version, a
wrong signature, a changed address) or has failed too often is dead: it is kept, and an administrator sees why.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from desist.keys.public import PublicKeysError
from desist.post import doors, handlers, outbox, own, partners, seal
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Inbox
from desist.post.policy import Action
from desist.wall import actors, audit
from desist.wall.actors import Actor

TRIES = 15
LONGEST_PAUSE = timedelta(hours=1)
BATCH = 200


def handle_waiting(*, at: datetime) -> int:
    """Handle waiting envelopes, at most BATCH of them; return how many were taken up."""
    return next((number for number in range(BATCH) if not handle_one(at=at)), BATCH)


def handle_one(*, at: datetime) -> bool:
    """Take up one waiting envelope; return False when there is none. Several workers may do so at once."""
    actor = actors.post()
    taken: Inbox | None = None
    try:
        with transaction.atomic(durable=True):
            taken = _claim(at)
            if taken is None:
                return False
            _handle(taken, actor, at)
    except Exception as failure:
        if taken is None:
            raise
        _keep(taken, actor, failure, at)
    return True


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 2 s, 4 s, 8 s ... up to LONGEST_PAUSE."""
    return min(timedelta(seconds=2 ** min(tries, 20)), LONGEST_PAUSE)


def _claim(at: datetime) -> Inbox | None:
    due = Q(next_at=None) | Q(next_at__lte=at)
    waiting = Inbox.objects.filter(due, handled_at=None, dead_at=None).order_by("arrived_at")
    return waiting.select_for_update(skip_locked=True).first()


def _handle(envelope: Inbox, actor: Actor, at: datetime) -> None:
    received = _opened(envelope, actor)
    handler = handlers.handler_of(received.payload)
    with outbox.caused_by(envelope.ref):
        handler(received)
    audit.record(_entry(envelope, actor, at), allowed=True)
    Inbox.objects.filter(ref=envelope.ref).update(handled_at=at, sealed=b"", error="", next_at=None)


def _opened(envelope: Inbox, actor: Actor) -> Received:
    """Check all that an envelope must prove before its handler sees it; raises CannotHandle with the reason."""
    header = seal.Header(envelope.ref, envelope.sender, own.site().name)
    try:
        partner = partners.find(name=envelope.sender)
        body = seal.unseal(
            header=header,
            sealed=bytes(envelope.sealed),
            keys=[keys.seal for keys in own.keys().sets],
            by=[key.sign for key in partners.public_keys(partner).keys],
        )
        payload = doors.from_json(body.kind, body.version, body.values)
        doors.check(payload, partners.zone(partner), own.site().zone)
    except (partners.NoSuchPartner, PublicKeysError, seal.CannotOpen, doors.Refusal) as reason:
        raise CannotHandle(str(reason)) from None
    return Received(payload, body.thread, envelope.sender, body.at, actor)


def _keep(envelope: Inbox, actor: Actor, failure: Exception, at: datetime) -> None:
    """Note a failure. An unforeseen one is noted by its name alone, since its words could hold a person's."""
    tries = envelope.tries + 1
    foreseen = isinstance(failure, CannotHandle)
    dead = foreseen or tries >= TRIES
    reason = (
        str(failure) if foreseen else f"Handling it failed ({type(failure).__name__}), {tries} times so far."
    )
    with transaction.atomic():
        # Another worker may have handled it since the roll-back.
        Inbox.objects.filter(ref=envelope.ref, handled_at=None, tries=envelope.tries).update(
            tries=tries, error=reason[:300], next_at=at + pause_after(tries), dead_at=at if dead else None
        )
        audit.record(_entry(envelope, actor, at), allowed=False, reason=type(failure).__name__)


def _entry(envelope: Inbox, actor: Actor, at: datetime) -> audit.Entry:
    return audit.Entry(actor, Action.HANDLE_ENVELOPE, audit.row_name(Inbox, envelope.ref), at)
