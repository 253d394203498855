"""Small secrets in the database, encrypted with the site's key: the tables alone reveal none.

The keys come from the key file (`DESIST_MFA_KEYS`, the newest first); after a rotation the older ones still open.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes, as AES-GCM has it


class CannotOpen(Exception):
    """The secret was sealed for another use, or with a key that this site no longer has."""


def seal(*, content: bytes, about: str) -> bytes:
    """Encrypt a secret; `about` names its owner and use, and it opens under no other."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(settings.DESIST_MFA_KEYS[0]).encrypt(nonce, content, about.encode())


def unseal(*, sealed: bytes, about: str) -> bytes:
    """Decrypt; raises CannotOpen."""
    for key in settings.DESIST_MFA_KEYS:
        try:
            return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
        except (InvalidTag, ValueError):
            continue
    raise CannotOpen(about.partition(":")[0])
