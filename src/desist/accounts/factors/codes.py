"""Codes that people type: six digits of an authenticator app (RFC 6238), and printed recovery codes. Pure but for randomness."""

import hashlib
import os
import re
import secrets
from base64 import b32encode
from datetime import datetime
from typing import cast

import qrcode
from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from qrcode.image.svg import SvgPathImage

from desist.references import ALPHABET

DIGITS, STEP, SECRET_BYTES = 6, 30, 20  # what every authenticator app understands; seconds; bytes
RECOVERY_CODES, LETTERS, GROUP = 10, 16, 4  # 75 bits a code: a plain hash of it cannot be searched


def new_secret() -> bytes:
    """A secret to share with an authenticator app."""
    return os.urandom(SECRET_BYTES)


def spelled(secret: bytes) -> str:
    """A secret as it is typed into an app, in groups of four."""
    return _grouped(b32encode(secret).decode(), " ")


def address(secret: bytes, *, account: str, issuer: str) -> str:
    """A secret as an app reads it from a picture."""
    return _totp(secret).get_provisioning_uri(account, issuer)


def picture(text: str) -> str:
    """A QR code as SVG without a style attribute, which the pages' policy refuses."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=4)
    drawn = image.to_string(encoding="unicode")
    return re.sub(r"^<\?xml[^>]*\?>\s*", "", cast("str", drawn)).replace(
        "<svg ", '<svg class="desist-qr" role="img" aria-label="A picture for your authenticator app" ', 1
    )


def step_of(secret: bytes, *, typed: str, at: datetime) -> int | None:
    """The time step of a typed code: the present one, the one before or after it, as clocks differ; else None."""
    code = "".join(typed.split()).encode("utf-8", "replace")
    now = int(at.timestamp()) // STEP
    found = None
    for step in (now - 1, now, now + 1):
        if bytes_eq(_totp(secret).generate(step * STEP), code):
            found = step
    return found


def recovery_codes() -> tuple[str, ...]:
    """New recovery codes for printing, such as "k7f2-m9px-4cqd-7wht"."""
    return tuple(
        _grouped("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)).lower(), "-")
        for _ in range(RECOVERY_CODES)
    )


def digest(*, account: str, typed: str) -> str:
    """The hash under which an account's recovery code is kept, however the owner typed the code."""
    letters = re.sub(r"[\s-]+", "", typed).lower()
    return hashlib.sha256(f"{account}|{letters}".encode("utf-8", "replace")).hexdigest()


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 -- an HMAC, for which SHA-1 is sound; apps know no other


def _grouped(text: str, between: str) -> str:
    return between.join(text[start : start + GROUP] for start in range(0, len(text), GROUP))
