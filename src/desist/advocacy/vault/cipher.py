"""Locking of texts that lead to a client. Pure: bytes and keys in, bytes out.

Every person has a random 256-bit key of their own, wrapped by the site's vault key; every text is locked with it by
AES-GCM, and site, person, field and row are bound in (associated data), so that nothing opens in another place. To
destroy the wrapped key is to destroy everything it locked (crypto-shredding).

A locked text is: one byte of format, 12 bytes of nonce, the sealed text with its tag. Texts are filled up with zeros,
so that their length tells little.
"""

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"
NONCE, KEY = 12, 32
FILLED_TO = 64


class CannotOpen(Exception):
    """A text was not locked for this site, person, field and row, or not with this key. Tells nothing of its words."""


@dataclass(frozen=True)
class Box:
    """The box that one person's key locks and opens, at one site."""

    site: str
    person: str
    key: bytes = field(repr=False)

    def lock(self, *, field: str, row: str, text: str) -> bytes:
        """Return the text, locked for this field of this row. `text` holds no null character."""
        plain = text.encode()
        filled = plain + bytes(-len(plain) % FILLED_TO)
        return _lock(self.key, filled, self._bound(field, row))

    def open(self, *, field: str, row: str, sealed: bytes) -> str:
        """Return the text. Raises CannotOpen."""
        return _open(self.key, sealed, self._bound(field, row)).rstrip(b"\x00").decode()

    def lock_bytes(self, *, field: str, row: str, content: bytes) -> bytes:
        """Return bytes of a file, locked for this field of this row; their length shows."""
        return _lock(self.key, content, _joined("bytes", self.site, self.person, field, row))

    def open_bytes(self, *, field: str, row: str, sealed: bytes) -> bytes:
        """Return the bytes. Raises CannotOpen."""
        return _open(self.key, sealed, _joined("bytes", self.site, self.person, field, row))

    def _bound(self, field: str, row: str) -> bytes:
        return _joined("text", self.site, self.person, field, row)


def new_key() -> bytes:
    """Return a fresh key for one person."""
    return secrets.token_bytes(KEY)


def wrap(*, site: str, person: str, site_key: bytes, key: bytes) -> bytes:
    """Return a person's key, locked with the site's key."""
    return _lock(site_key, key, _joined("key", site, person))


def unwrap(*, site: str, person: str, site_key: bytes, wrapped: bytes) -> Box:
    """Return the person's box. Raises CannotOpen if the key is of another person or site, or destroyed."""
    return Box(site, person, _open(site_key, wrapped, _joined("key", site, person)))


def _lock(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _open(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    if sealed[:1] != FORMAT:
        raise CannotOpen("It is not in a format that this vault knows.")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], bound)
    except (InvalidTag, ValueError):
        raise CannotOpen("It was not locked for this place, or not with this key.") from None


def _joined(*parts: str) -> bytes:
    # Each part with its length: no two lists of parts become the same bytes.
    return b"desist vault 1" + b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
