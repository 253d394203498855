"""The public half of a site's keys: a partner seals to it and checks the site's signature with it."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

VERSION = 1


class PublicKeysError(Exception):
    """This text is not the public half of a site's keys."""


@dataclass(frozen=True)
class PublicKey:
    """One set's public halves: `seal` to lock for the site, `sign` to check its signature."""

    id: str
    seal: X25519PublicKey
    sign: Ed25519PublicKey


@dataclass(frozen=True)
class PublicKeys:
    """All public keys of a site, the newest first."""

    site: str
    keys: tuple[PublicKey, ...]

    @property
    def current(self) -> PublicKey:
        """The key to seal to from now on."""
        return self.keys[0]

    def find(self, key_id: str) -> PublicKey | None:
        """The key of that id, if it is known."""
        return next((key for key in self.keys if key.id == key_id), None)

    @property
    def fingerprint(self) -> str:
        """Eight groups of four digits of the newest key, to be read aloud to the partner on the telephone."""
        material = (
            self.site.encode() + self.current.seal.public_bytes_raw() + self.current.sign.public_bytes_raw()
        )
        number = int.from_bytes(sha256(material).digest()[:14]) % 10**32
        digits = f"{number:032d}"
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))

    def to_json(self) -> str:
        """A text that a partner's administrator can paste into the register."""
        rows = [
            {
                "id": key.id,
                "seal": _text(key.seal.public_bytes_raw()),
                "sign": _text(key.sign.public_bytes_raw()),
            }
            for key in self.keys
        ]
        return json.dumps({"desist_public_keys": VERSION, "site": self.site, "keys": rows}, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "PublicKeys":
        """Read what `to_json` wrote; raises PublicKeysError."""
        try:
            content = json.loads(text)
            if content["desist_public_keys"] != VERSION:
                raise PublicKeysError(
                    "These public keys come from a newer Desist. Update this one, then paste them again."
                )
            keys = tuple(_key(row) for row in content["keys"])
            site = str(content["site"])
        except (ValueError, KeyError, TypeError) as error:
            raise _unreadable() from error
        if not keys:
            raise _unreadable()
        return cls(site, keys)


def _unreadable() -> PublicKeysError:
    return PublicKeysError(
        "This is not the public half of a site's keys. Ask the partner for the whole text that "
        "`./desist keys public SITE` prints there, and paste it unchanged."
    )


def _key(row: dict[str, str]) -> PublicKey:
    return PublicKey(
        str(row["id"]),
        X25519PublicKey.from_public_bytes(b64decode(row["seal"], validate=True)),
        Ed25519PublicKey.from_public_bytes(b64decode(row["sign"], validate=True)),
    )


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
