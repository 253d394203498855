"""Sending: one transaction writes the envelope and the change that causes it.

A slice stores the partner's name and the thread with its row, and sends its answers with both. A thread is a random
token that means something to the two sites alone; it is never shown or exported.
"""

import hmac
import itertools
import secrets
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.db import transaction

from desist.keys.public import PublicKey
from desist.keys.sitekeys import KeySet
from desist.post import approvals, by_hand, doors, own, partners, payloads, seal
from desist.post.models import Outbox, Partner
from desist.post.payload import written
from desist.post.transports import Transport
from desist.wall import clearances

FORGOTTEN_AT_ONCE = 1000
#: When an envelope is tried next that waits until people compared digits: until then sealed to this site itself.
HELD = datetime(9999, 1, 1, tzinfo=UTC)
#: The same, where it was sealed to the partner before it had to wait: only its signature changes.
HELD_SEALED = datetime(9999, 1, 2, tzinfo=UTC)
HELD_WHY = "It waits until the digits of the partner's new keys are compared and entered under Partners."
UNREAD_WHY = (
    "It waits until the partner has compared the digits of this site's new keys. Telephone them and read out the digits "
    "that stand under Partners."
)

_ids: ContextVar[Iterator[uuid.UUID] | None] = ContextVar("ids of what a handler sends", default=None)


class OutsideTransaction(Exception):
    """The caller sent a payload outside the transaction of the change that causes it."""


def new_thread() -> str:
    """Return a token for a new exchange between two sites: 128 random bits."""
    return secrets.token_urlsafe(16)


def send(
    payload: payloads.Payload,
    *,
    to: str,
    thread: str,
    at: datetime,
    case: str = "",
    about: str = "",
) -> None:
    """Send a payload to the partner named `to`, by the transport of the partner register.

    `case` is this site's own reference of the case: its exclusions hold for a task by hand. `about` is the partner's
    name for the case, for telling by telephone, since a thread cannot be read out. Neither is in an envelope.

    Raises doors.Refusal where no door fits, approvals.NotApproved where too few people approved the payload,
    NoSuchPartner, and words.Unclear for words that may lead to a person and are not cleared, or cannot be read.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(f"{payload.KIND} must be sent within the change that causes it.")
    partner = partners.writable(name=to, at=at)
    door = doors.check(payload, own.site().zone, partners.zone(partner))
    clearances.refuse_unclear(written(payload))
    approvals.use_up(payload, to=to, case=case, needed=door.approvals, at=at)
    if partner.transport == Transport.BY_HAND:
        by_hand.add(payload=payload, partner=partner, case=case, thread=thread, about=about, at=at)
    else:
        held = "" if payload.FIRST else _why_held(partner)
        key = own.keys().current.public if held else partners.public_keys(partner).current
        _write(payload, partner, thread, at, by=own.keys().signing_for(partner.knows_key), to=key, held=held)


def withdraw_keys(
    payload: payloads.KeysWithdrawn, partner: Partner, *, by: Iterable[KeySet], at: datetime
) -> None:
    """Write a withdrawal to a partner, signed with each of these withdrawn sets; one that has not left yet is dropped."""
    doors.check(payload, own.site().zone, partners.zone(partner))
    Outbox.objects.filter(receiver=partner.name, sent_at=None, kind=payload.KIND).delete()
    for before in by:
        _write(payload, partner, new_thread(), at, by=before, to=partners.public_keys(partner).current)


def confirm_key(key: PublicKey, partner: Partner, *, at: datetime) -> None:
    """Tell a partner that this key of it is known. Its processes may have none newer, so it is sealed to that one.

    Also where writing to it has ended: what it sends can still be read, and would wait there without this.
    """
    payload = payloads.KeysKnown(key.id)
    doors.check(payload, own.site().zone, partners.zone(partner))
    _write(payload, partner, new_thread(), at, by=own.keys().signing_for(partner.knows_key), to=key)


def hold(partner: Partner) -> None:
    """Hold what lies unsent for a partner that accepts no signature of this site before people there compared digits."""
    unsent = Outbox.objects.filter(receiver=partner.name, sent_at=None, id__gt=0)
    unsent.exclude(next_at__gte=HELD).update(next_at=HELD_SEALED, error=_why_held(partner))


def release(partner: Partner) -> None:
    """Sign what waited for digits with a key that the partner accepts, sealed to its newest one, and let it go.

    While other digits are still to be compared it goes on waiting, and says for which.
    """
    keys, why = own.keys(), _why_held(partner)
    held = Outbox.objects.filter(receiver=partner.name, sent_at=None, next_at__gte=HELD)
    if why:
        held.exclude(error=why).update(error=why)
        return
    to, by = partners.public_keys(partner).current.seal, keys.signing_for(partner.knows_key).sign
    with transaction.atomic():
        for row in held.select_for_update():
            header, sealed = seal.Header(row.ref, keys.site, partner.name), bytes(row.sealed)
            try:
                row.sealed = (
                    seal.signed_again(header=header, sealed=sealed, by=by)
                    if row.next_at == HELD_SEALED
                    else seal.seal(header=header, body=_own(header, sealed), to=to, by=by)
                )
            except seal.WrongKey:
                continue  # it waits for a process that has started with the newer keys
            row.next_at, row.error = None, ""
            row.save(update_fields=["sealed", "next_at", "error"])


def forget(*, sent_before: datetime) -> int:
    """Delete envelopes sent before a moment, which must lie before the oldest backup that may be restored.

    At most FORGOTTEN_AT_ONCE, the oldest first; returns how many.
    """
    old = Outbox.objects.filter(sent_at__lt=sent_before).order_by("sent_at").values("pk")[:FORGOTTEN_AT_ONCE]
    return Outbox.objects.filter(pk__in=old).delete()[0]


@contextmanager
def caused_by(ref: uuid.UUID) -> Iterator[None]:
    """Derive the ids of a handler's own envelopes from the id of the envelope that it handles.

    After a restore an envelope is offered and handled again; its answers are then equal envelopes, which their receiver
    ignores. Without this site's keys the ids reveal nothing.
    """
    # The oldest keys, so that a change of keys between backup and restore changes no id.
    secret = own.keys().sets[-1].derive("ids of what a handler sends")
    token = _ids.set(
        uuid.UUID(bytes=hmac.digest(secret, ref.bytes + bytes([number]), "sha256")[:16], version=4)
        for number in itertools.count()
    )
    try:
        yield
    finally:
        _ids.reset(token)


def _write(
    payload: payloads.Payload,
    partner: Partner,
    thread: str,
    at: datetime,
    *,
    by: KeySet,
    to: PublicKey,
    held: str = "",
) -> None:
    following = _ids.get()
    ref = next(following) if following else uuid.uuid4()
    header = seal.Header(ref, own.site().name, partner.name)
    body = seal.Body(payload.KIND, payload.VERSION, thread, at, doors.to_json(payload))
    Outbox.objects.create(
        # The courier takes the smallest number first: what is about keys waits for nothing, `hold` included.
        id=-1 - secrets.randbits(62) if payload.FIRST else None,
        ref=ref,
        receiver=partner.name,
        kind=payload.KIND,
        sealed=seal.seal(header=header, body=body, to=to.seal, by=by.sign),
        at=at,
        next_at=HELD if held else None,
        error=held,
    )


def _why_held(partner: Partner) -> str:
    """Why an envelope to this partner waits here; empty where it may go."""
    if partner.withdrawn_at is not None:
        return HELD_WHY
    return UNREAD_WHY if partners.is_unread(partner, own.keys()) else ""


def _own(header: seal.Header, sealed: bytes) -> seal.Body:
    """The body of an envelope that this site sealed to itself."""
    sets = own.keys().sets
    by = [one.sign.public_key() for one in sets]
    return seal.unseal(header=header, sealed=sealed, keys=[one.seal for one in sets], by=by)
