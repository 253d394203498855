"""Encrypting a certified copy with a key of the site, bound to its order and its own fingerprint."""

import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desist.keys.sitekeys import KeySet, SiteKeys

PURPOSE = "certified copies"
NONCE = 12


def fingerprint(content: bytes) -> str:
    """SHA-256 of a copy, as it is told in proceedings."""
    return hashlib.sha256(content).hexdigest()


def lock(*, content: bytes, order: str, keys: KeySet) -> bytes:
    """The copy, encrypted; only with this order's reference does it open again."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(keys.derive(PURPOSE)).encrypt(nonce, content, _bound(order, fingerprint(content)))


def unlock(*, sealed: bytes, order: str, sha256: str, key_id: str, keys: SiteKeys) -> bytes:
    """The copy as it was stored; raises InvalidTag if a bit of it, or the row it hangs on, was changed."""
    cipher = AESGCM(keys.find(key_id).derive(PURPOSE))
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _bound(order, sha256))


def _bound(order: str, sha256: str) -> bytes:
    return f"copy|{order}|{sha256}".encode()
