"""Encrypting a certified copy with a key of the site, bound to its order and its own fingerprint."""

import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desist.keys.sitekeys import KeySet, SiteKeys

PURPOSE = "certified copies"
NONCE = 12


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a copy, as an officer quotes it in proceedings."""
    return hashlib.sha256(content).hexdigest()


def lock(*, content: bytes, order: str, keys: KeySet) -> bytes:
    """Encrypt a copy. It opens again only with this order's reference."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(keys.derive(PURPOSE)).encrypt(nonce, content, _bound(order, fingerprint(content)))


def unlock(*, sealed: bytes, order: str, sha256: str, key_id: str, keys: SiteKeys) -> bytes:
    """Return the copy as it was stored. Raises InvalidTag if a bit of the copy or its row was changed."""
    cipher = AESGCM(keys.find(key_id).derive(PURPOSE))
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _bound(order, sha256))


def _bound(order: str, sha256: str) -> bytes:
    return f"copy|{order}|{sha256}".encode()
