"""Codes of links: short enough to read out, and kept as a digest by a key of the site alone."""

import hmac
import secrets

from desist.post import own
from desist.references import ALPHABET, typed

#: 56 bits: a thousand tries a second for three days find one of a hundred links with a chance of one in three million
LENGTH = 12


def fresh() -> str:
    """A new code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)).lower()


def spoken(code: str) -> str:
    """A code as it is read out and typed: "K7F2 M9PX 4C3D"."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4)).upper()


def digest(code: str, *, purpose: str) -> str:
    """The digest under which a new code is kept; `purpose` keeps the codes of one kind of link apart from others."""
    return digests(code, purpose=purpose)[0]


def digests(code: str, *, purpose: str) -> list[str]:
    """The digests under which a typed code may be kept, by every key set of the site."""
    plain = typed(code)[:64].encode("utf-8", "replace")
    return [hmac.digest(keys.derive(purpose), plain, "sha256").hex() for keys in own.keys().sets]
