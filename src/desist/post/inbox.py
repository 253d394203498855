"""Receiving: one transaction opens, handles and marks one envelope, or changes nothing.

A failed envelope is tried again, each time after a longer pause. One that cannot succeed (an unknown kind or version) or
has failed too often is dead: it is kept, and an administrator sees why. One of an unknown signer, or sealed to a key that
is not here, waits for the keys and is never dead of that.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from desist.keys.public import PublicKey, PublicKeysError
from desist.post import doors, handlers, outbox, own, partners, payloads, seal
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.post.models import Inbox, Partner
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


def look_again() -> None:
    """Take up at once what waits for a later try: the process has started, and may have other keys."""
    Inbox.objects.filter(handled_at=None, dead_at=None).exclude(next_at=None).update(next_at=None)


def forget_set_aside(*, before: datetime) -> int:
    """Drop what was in the envelopes that people set aside before a moment; return how many there were."""
    aside = Inbox.objects.exclude(set_aside_why="").filter(handled_at__lt=before)
    return aside.exclude(sealed=b"").update(sealed=b"")


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 2 s, 4 s, 8 s ... up to LONGEST_PAUSE."""
    return min(timedelta(seconds=2 ** min(tries, 20)), LONGEST_PAUSE)


def _claim(at: datetime) -> Inbox | None:
    due = Q(next_at=None) | Q(next_at__lte=at)
    waiting = Inbox.objects.filter(due, handled_at=None, dead_at=None).order_by("arrived_at")
    return waiting.select_for_update(skip_locked=True).first()


def _handle(envelope: Inbox, actor: Actor, at: datetime) -> None:
    received = _opened(envelope, actor, at)
    if received is not None:
        handler = handlers.handler_of(received.payload)
        with outbox.caused_by(envelope.ref):
            handler(received)
    audit.record(_entry(envelope, actor, at), allowed=True)
    Inbox.objects.filter(ref=envelope.ref).update(handled_at=at, sealed=b"", error="", next_at=None)


def _opened(envelope: Inbox, actor: Actor, at: datetime) -> Received | None:
    """Check all that an envelope must prove before its handler sees it; raises CannotHandle or NotYet with the reason.

    None: it is about keys, and signed with one that is not accepted. It changes nothing, and says nothing of a case.
    """
    header = seal.Header(envelope.ref, envelope.sender, own.site().name)
    try:
        partner = partners.find(name=envelope.sender)
        signer, distrust = _signer(envelope, header, partner)
    except (partners.NoSuchPartner, PublicKeysError) as reason:
        raise NotYet(str(reason)) from None
    except seal.UnknownFormat as reason:
        raise CannotHandle(str(reason)) from None
    try:
        received = replace(_read(envelope, header, partner, actor), signer=signer, now=at)
    except seal.WrongKey as reason:
        raise NotYet(distrust or str(reason)) from None
    except (seal.CannotOpen, doors.Refusal) as reason:
        raise (NotYet(distrust) if distrust else CannotHandle(str(reason))) from None
    if not distrust or isinstance(received.payload, payloads.KeysWithdrawn):
        return received
    if received.payload.FIRST:
        return None
    raise NotYet(distrust)


def _read(envelope: Inbox, header: seal.Header, partner: Partner, actor: Actor) -> Received:
    """What an envelope says. Raises seal.CannotOpen, doors.Refusal."""
    keys = [one.seal for one in own.keys().sets]
    body = seal.opened(header=header, sealed=bytes(envelope.sealed), keys=keys)
    payload = doors.from_json(body.kind, body.version, body.values)
    doors.check(payload, partners.zone(partner), own.site().zone)
    return Received(payload, body.thread, envelope.sender, body.at, actor, arrived_at=envelope.arrived_at)


def _signer(envelope: Inbox, header: seal.Header, partner: Partner) -> tuple[PublicKey | None, str]:
    """The partner's key that signed an envelope, and why the signature is not accepted; empty where it is.

    Raises PublicKeysError, seal.UnknownFormat.
    """
    listed = partners.public_keys(partner).keys
    try:
        sealed = bytes(envelope.sealed)
        place = seal.signed_by(header=header, sealed=sealed, among=[key.sign for key in listed])
    except seal.NotSigned as reason:
        return None, _untrusted(partner) if partner.withdrawn_at else str(reason)
    signer = listed[place]
    return signer, "" if signer.holds(at=envelope.arrived_at) else _untrusted(partner)


def _untrusted(partner: Partner) -> str:
    if partner.withdrawn_at:
        return (
            f"{partner.title} has withdrawn its keys. Telephone there, compare the digits of the new ones and enter them "
            "on its page under Partners: then this is handled by itself."
        )
    return f"It is signed with a key that {partner.title} no longer uses. Ask them what they sent."


def _keep(envelope: Inbox, actor: Actor, failure: Exception, at: datetime) -> None:
    """Note a failure. An unforeseen one is noted by its name alone, since its words could hold a person's."""
    tries = envelope.tries + 1
    foreseen = isinstance(failure, CannotHandle | NotYet)
    dead = not isinstance(failure, NotYet) and (foreseen or tries >= TRIES)
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
