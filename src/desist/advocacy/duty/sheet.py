"""The duty sheet: the facts for a weekend without the site's key, sealed to a key of its own. Pure.

The private half is printed once, and the manager keeps it on paper. The site keeps the public half alone: it can
write sheets, never read them. HPKE (X25519, HKDF-SHA256, ChaCha20-Poly1305); site and day are bound in.
"""

import json
import re
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

HEAD = b"desist duty sheet 1\n"
#: Crockford's letters: no two look alike.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
KEY, CHECK = 32, 3
GROUPS = 14  # of four letters

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class DutyError(Exception):
    """The key or the sheet cannot be used; the message says why and what to do."""


def new_key() -> tuple[str, bytes]:
    """Return a fresh key: its private half, in the form for print and typing, and its public half."""
    private = X25519PrivateKey.generate()
    return _spell(private.private_bytes_raw()), private.public_key().public_bytes_raw()


def seal(*, text: str, public: bytes, site: str, day: str) -> bytes:
    """Seal a sheet for one day."""
    key = X25519PublicKey.from_public_bytes(public)
    sealed: bytes = _SUITE.encrypt(text.encode(), key, _bound(site, day))
    return HEAD + sealed


def unseal(*, sheet: bytes, typed: str, site: str, day: str) -> str:
    """Return the text of a sheet. Raises DutyError."""
    private = X25519PrivateKey.from_private_bytes(_unspell(typed))
    if not sheet.startswith(HEAD):
        raise DutyError("This file is no duty sheet, or one of another edition.")
    try:
        plain: bytes = _SUITE.decrypt(sheet[len(HEAD) :], private, _bound(site, day))
    except (InvalidTag, ValueError):
        raise DutyError(
            f"This key does not open the sheet of {site} for {day}. Is it the newest printed key, and is the file's "
            "name as it was written?"
        ) from None
    return plain.decode()


def _bound(site: str, day: str) -> bytes:
    return json.dumps(["desist duty sheet", 1, site, day]).encode()


def _spell(key: bytes) -> str:
    value = int.from_bytes(key + sha256(b"desist duty key" + key).digest()[:CHECK])
    letters = "".join(LETTERS[(value >> shift) & 31] for shift in range(275, -1, -5))
    return " ".join(letters[start : start + 4] for start in range(0, 4 * GROUPS, 4))


def _unspell(typed: str) -> bytes:
    letters = re.sub(r"[\s-]", "", typed).upper().translate(LOOKALIKES)
    if len(letters) != 4 * GROUPS or set(letters) - set(LETTERS):
        raise DutyError(f"The key has {GROUPS} groups of four letters and digits. Compare it with the paper.")
    value = 0
    for letter in letters:
        value = value << 5 | LETTERS.index(letter)
    raw = value.to_bytes(KEY + CHECK)
    if sha256(b"desist duty key" + raw[:KEY]).digest()[:CHECK] != raw[KEY:]:
        raise DutyError("The key is mistyped. Compare it with the paper, letter by letter.")
    return raw[:KEY]
