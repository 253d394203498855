"""Words about a case that belong to no one account's key: locked with the site's keys and bound to their place and row.

A locked text names the key set that locked it, so that it opens after a change of keys. Texts are padded, so that their
length tells little; an empty text stays empty.
"""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desist.post import own

PURPOSE = "words of a row"
NONCE, FILLED_TO = 12, 64


def lock(*, place: str, row: str, text: str) -> bytes:
    """The text, locked for one place (a model's field) of one row. `text` holds no null character."""
    if not text:
        return b""
    keys, plain, nonce = own.keys().current, text.encode(), secrets.token_bytes(NONCE)
    filled = plain + bytes(-len(plain) % FILLED_TO)
    name = keys.id.encode()
    sealed = AESGCM(keys.derive(PURPOSE)).encrypt(nonce, filled, _bound(place, row))
    return bytes([len(name)]) + name + nonce + sealed


def unlock(*, place: str, row: str, sealed: bytes | memoryview) -> str:
    """The text; raises InvalidTag where any bit of it or its row was changed."""
    known = bytes(sealed)
    if not known:
        return ""
    name, rest = known[1 : 1 + known[0]], known[1 + known[0] :]
    cipher = AESGCM(own.keys().find(name.decode()).derive(PURPOSE))
    return cipher.decrypt(rest[:NONCE], rest[NONCE:], _bound(place, row)).rstrip(b"\x00").decode()


def _bound(place: str, row: str) -> bytes:
    return f"{place}|{row}".encode()
