"""The key of one link: its public half locks what is sent, its private half is locked with the client's own key.

The page that takes something in needs the public half alone, and can open nothing that came before.
"""

from collections.abc import Iterator
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.keeping import Altered
from desist.advocacy.submissions.models import SubmissionLink, Submitted
from desist.advocacy.vault.cipher import Box, CannotOpen
from desist.post import seal

PRIVATE, NAME = "submission key", "name"


def make(box: Box, link: SubmissionLink) -> None:
    """Give an unsaved link its key."""
    key = X25519PrivateKey.generate()
    link.public = key.public_key().public_bytes_raw()
    link.private = box.lock_bytes(field=PRIVATE, row=link.ref, content=key.private_bytes_raw())


def parts(size: int) -> int:
    """The number of pieces of a whole."""
    return -(-size // keeping.PIECE)


def lock(link: SubmissionLink, about: str, content: bytes) -> bytes:
    """Lock a content with the public half of a link's key; `about` names its row and place."""
    to = X25519PublicKey.from_public_bytes(bytes(link.public))
    return seal.lock(content=content, about=f"submitted {about}", to=to)


def name(box: Box, row: Submitted) -> str:
    """The name of what was sent. Raises CannotOpen."""
    return _open(box, row.link, f"{row.ref} {NAME}", bytes(row.name)).decode("utf-8", "replace")


def piece(box: Box, row: Submitted, number: int) -> bytes:
    """One piece of what was sent. Raises Altered, CannotOpen."""
    found = row.pieces.filter(number=number).first()
    if found is None:
        raise Altered
    content = _open(box, row.link, f"{row.ref} {number}", bytes(found.sealed))
    if sha256(content).hexdigest() != found.digest:
        raise Altered
    return content


def contents(box: Box, row: Submitted, *, copy: int) -> Iterator[bytes]:
    """The pieces of one part of a copy, in their order. Raises Altered, CannotOpen."""
    every = range(parts(row.size))
    return (piece(box, row, number) for number in every[copy * keeping.COPY : (copy + 1) * keeping.COPY])


def _open(box: Box, link: SubmissionLink, about: str, locked: bytes) -> bytes:
    raw = box.open_bytes(field=PRIVATE, row=link.ref, sealed=bytes(link.private))
    try:
        return seal.unlock(
            locked=locked, about=f"submitted {about}", keys=[X25519PrivateKey.from_private_bytes(raw)]
        )
    except seal.CannotOpen:
        raise CannotOpen("It was not locked for this place, or not with this key.") from None
