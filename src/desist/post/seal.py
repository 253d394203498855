"""Sealing: an envelope's body is readable by its receiver alone, and provably its sender's. Pure.

HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) to the receiver's public key; Ed25519 by the sender over the
header and the sealed body. The header (id, sender, receiver, format) is bound into both, so the carrier of the envelope
can neither read it nor give it another address. Its kind, version and thread are inside.

A sealed envelope is: one byte of format, 64 bytes of signature, the sealed body.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

FORMAT = 1
SIGNATURE = 64
#: Bodies are padded to this size, or to twice, four times ... that size, so that lengths do not reveal kinds.
SMALLEST_BODY = 2048

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class CannotOpen(Exception):
    """The envelope fails its checks; the sentence says which one."""


class UnknownFormat(CannotOpen):
    """The bytes are no envelope, or one of another edition of this format."""


class NotSigned(CannotOpen):
    """The envelope was changed on its way, came under another address, or has another author."""


class WrongKey(CannotOpen):
    """The envelope was sealed to a key that this site does not have."""


class SpoiltBody(CannotOpen):
    """The sender signed and sealed bytes that are no body."""


@dataclass(frozen=True)
class Header:
    """The outside of an envelope."""

    id: uuid.UUID
    sender: str
    receiver: str


@dataclass(frozen=True)
class Body:
    """The inside: the payload's kind, version and values (plain JSON), its thread, and the time of sending."""

    kind: str
    version: int
    thread: str
    at: datetime
    values: dict[str, Any]


def seal(*, header: Header, body: Body, to: X25519PublicKey, by: Ed25519PrivateKey) -> bytes:
    """The body, sealed to the receiver and signed by the sender."""
    bound = _bound(header)
    sealed: bytes = _SUITE.encrypt(_to_bytes(body), to, bound)
    return bytes([FORMAT]) + by.sign(bound + sealed) + sealed


def unseal(
    *, header: Header, sealed: bytes, keys: Sequence[X25519PrivateKey], by: Sequence[Ed25519PublicKey]
) -> Body:
    """The body; `keys` and `by` hold the newest key first, then those before a change. Raises CannotOpen."""
    signed_by(header=header, sealed=sealed, among=by)
    return opened(header=header, sealed=sealed, keys=keys)


def opened(*, header: Header, sealed: bytes, keys: Sequence[X25519PrivateKey]) -> Body:
    """The body of an envelope whose signature the caller has looked at. Raises WrongKey, SpoiltBody."""
    return _from_bytes(_decrypt(sealed[1 + SIGNATURE :], keys, _bound(header)))


def lock(*, content: bytes, about: str, to: X25519PublicKey) -> bytes:
    """Lock a content to a site's public key: without the private half nothing reads it, not even what locked it.

    `about` names the content's row and column; it opens under no other name.
    """
    locked: bytes = _SUITE.encrypt(content, to, _kept(about))
    return locked


def unlock(*, locked: bytes, about: str, keys: Sequence[X25519PrivateKey]) -> bytes:
    """The content again; `keys` hold the newest key first. Raises WrongKey."""
    return _decrypt(locked, keys, _kept(about))


def signed_by(*, header: Header, sealed: bytes, among: Sequence[Ed25519PublicKey]) -> int:
    """Return the place of the key that signed the envelope. Raises UnknownFormat, NotSigned."""
    if sealed[:1] != bytes([FORMAT]):
        raise UnknownFormat(f"This site knows format {FORMAT} of envelopes, and this one has another.")
    signature, covered = sealed[1 : 1 + SIGNATURE], _bound(header) + sealed[1 + SIGNATURE :]
    for place, key in enumerate(among):
        if _is_signed(key, signature, covered):
            return place
    raise NotSigned(
        f"The signature is not that of {header.sender} for this address: "
        "the envelope was changed on its way, or the partner register holds another key."
    )


def signed_again(*, header: Header, sealed: bytes, by: Ed25519PrivateKey) -> bytes:
    """The sealed envelope of this site with a new signature of its own; it stays sealed."""
    locked = sealed[1 + SIGNATURE :]
    return bytes([FORMAT]) + by.sign(_bound(header) + locked) + locked


def _decrypt(locked: bytes, keys: Sequence[X25519PrivateKey], bound: bytes) -> bytes:
    for key in keys:
        try:
            return _SUITE.decrypt(locked, key, bound)
        except (InvalidTag, ValueError):
            continue
    raise WrongKey("It was sealed to a key that this site does not have.")


def _kept(about: str) -> bytes:
    return f"desist kept {FORMAT}|{about}".encode()


def _bound(header: Header) -> bytes:
    parts = ["desist envelope", FORMAT, str(header.id), header.sender, header.receiver]
    return json.dumps(parts, separators=(",", ":")).encode()


def _is_signed(key: Ed25519PublicKey, signature: bytes, covered: bytes) -> bool:
    try:
        key.verify(signature, covered)
    except InvalidSignature:
        return False
    return True


def _to_bytes(body: Body) -> bytes:
    parts = [body.kind, body.version, body.thread, body.at.isoformat(), body.values]
    plain = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    size = SMALLEST_BODY
    while size < len(plain):
        size *= 2
    return plain.ljust(size)


def _from_bytes(plain: bytes) -> Body:
    try:
        kind, version, thread, at, values = json.loads(plain)
        body = Body(str(kind), int(version), str(thread), _moment(at), dict(values))
    except (ValueError, TypeError, RecursionError) as error:
        raise SpoiltBody("Its sender sealed something that is not an envelope's body. Tell them.") from error
    return body


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at
