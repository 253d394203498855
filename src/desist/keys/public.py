"""The public half of a site's keys: a partner seals to it and checks the site's signature with it.

A key is vouched for by the key before it, unless that one is exposed: then people compare the digits of the new one. A
partner's register keeps the keys of before for as long as envelopes signed with them can be under way.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

VERSION = 1
#: How long a partner's former key is accepted: longer than a sent envelope is kept, which a restored site is offered again.
FORMER_HOLDS = timedelta(days=120)


class PublicKeysError(Exception):
    """This text is not the public half of a site's keys."""


class NotVouched(PublicKeysError):
    """No known key vouches for the new keys: only people who compare the digits can tell whose they are."""


@dataclass(frozen=True)
class PublicKey:
    """One set's public halves: `seal` to lock for the site, `sign` to check its signature.

    `vouched` is the signature of the set before it, or empty. In a register, a signature is accepted `until` a moment.
    """

    id: str
    seal: X25519PublicKey
    sign: Ed25519PublicKey
    vouched: bytes = b""
    until: datetime | None = None

    def vouched_by(self, before: Ed25519PrivateKey, *, site: str) -> "PublicKey":
        """Return this key with the signature of the set before it."""
        return replace(self, vouched=before.sign(self._named(site)))

    def is_vouched_by(self, before: "PublicKey", *, site: str) -> bool:
        """Whether the key `before` vouches for this one."""
        return _is_signed(before.sign, self.vouched, self._named(site))

    def holds(self, *, at: datetime) -> bool:
        """Whether a signature that came at this moment is accepted."""
        return self.until is None or at <= self.until

    def ends(self, at: datetime) -> "PublicKey":
        """Return this key, accepted until a moment and no longer than before."""
        return replace(self, until=min(self.until or at, at))

    def is_same(self, other: "PublicKey") -> bool:
        """Whether the other is this very key."""
        return self.material == other.material

    @property
    def material(self) -> bytes:
        """The bytes of both halves."""
        return self.seal.public_bytes_raw() + self.sign.public_bytes_raw()

    def _named(self, site: str) -> bytes:
        return f"desist keys vouch 1|{site}|".encode() + self.material


@dataclass(frozen=True)
class PublicKeys:
    """All public keys of a site, the newest first.

    `listed` is the newest key's signature over them all, or empty: people compare the digits of that key alone.
    """

    site: str
    keys: tuple[PublicKey, ...]
    listed: bytes = b""

    def listed_by(self, newest: Ed25519PrivateKey) -> "PublicKeys":
        """Return these keys with the signature of the newest one over them all."""
        return replace(self, listed=newest.sign(self._all))

    @property
    def is_listed(self) -> bool:
        """Whether the newest key says that these are the keys of its site."""
        return _is_signed(self.current.sign, self.listed, self._all)

    @property
    def current(self) -> PublicKey:
        """The key to seal to from now on."""
        return self.keys[0]

    def find(self, key_id: str) -> PublicKey | None:
        """The key of that id, if it is known."""
        return next((key for key in self.keys if key.id == key_id), None)

    def has(self, key: PublicKey) -> bool:
        """Whether this very key is among them."""
        return any(known.is_same(key) for known in self.keys)

    def accepts(self, key: PublicKey, *, at: datetime) -> bool:
        """Whether this very key is among them and still accepted."""
        return any(known.is_same(key) and known.holds(at=at) for known in self.keys)

    def will_accept(self, key: PublicKey | None, *, after: datetime) -> bool:
        """Whether this very key is among them and its signature accepted after a moment too."""
        same = (known.until for known in self.keys if key is not None and known.is_same(key))
        return any(until is None or until > after for until in same)

    def led_by(self, announced: "PublicKeys", *, at: datetime) -> "PublicKeys":
        """Return these keys behind the announced ones that are newer; those of before hold for FORMER_HOLDS.

        What is known already, such as an announcement that comes twice or late, changes nothing. Raises NotVouched where
        the newest key known here does not vouch, from one key to the next, for the announced one.
        """
        if self.has(announced.current):
            return self
        newer: list[PublicKey] = []
        before = self.current
        known_at = next((n for n, key in enumerate(announced.keys) if key.is_same(before)), 0)
        for key in reversed(announced.keys[:known_at]):
            if not key.is_vouched_by(before, site=self.site):
                break
            newer.insert(0, key)
            before = key
        if not newer or before is not announced.current:
            raise NotVouched(
                f"No key known here vouches for the new keys of {self.site}. Telephone there and compare the digits."
            )
        current, *former = (*newer, *self.keys)
        return PublicKeys(self.site, (replace(current, until=None), *_ending(former, at + FORMER_HOLDS)))

    def replaced_by(self, compared: "PublicKeys", *, at: datetime) -> "PublicKeys":
        """Return the keys that people compared; the other ones of before hold for what had arrived by then.

        Only the newest was compared: an older one in the same text holds where the newest lists it, or it is known here.
        """
        current, *older = compared.keys
        known = {key.material: key.until for key in self.keys}
        former = [key for key in older if compared.is_listed or key.material in known]
        former = [replace(key, until=known.get(key.material)) for key in former]
        others = [key for key in self.keys if not compared.has(key)]
        former = [*_ending(former, at + FORMER_HOLDS), *_ending(others, at)]
        return PublicKeys(compared.site, (replace(current, until=None), *former))

    def ended(self, *, at: datetime) -> "PublicKeys":
        """Return these keys, of which none is accepted after a moment."""
        return PublicKeys(self.site, tuple(_ending(self.keys, at)))

    @property
    def fingerprint(self) -> str:
        """Eight groups of four digits of the newest key, to be read aloud to the partner on the telephone."""
        number = int.from_bytes(sha256(self.site.encode() + self.current.material).digest()[:14]) % 10**32
        digits = f"{number:032d}"
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))

    def to_json(self) -> str:
        """A text that a partner's administrator can paste into the register."""
        said = {"desist_public_keys": VERSION, "site": self.site, "keys": [_row(key) for key in self.keys]}
        return json.dumps(said | ({"listed": _text(self.listed)} if self.listed else {}), indent=2) + "\n"

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
            site, listed = str(content["site"]), b64decode(content.get("listed", ""), validate=True)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _unreadable() from error
        if not keys:
            raise _unreadable()
        return cls(site, keys, listed)

    @property
    def _all(self) -> bytes:
        return f"desist keys list 1|{self.site}|".encode() + b"".join(key.material for key in self.keys)


def _is_signed(by: Ed25519PublicKey, signature: bytes, said: bytes) -> bool:
    try:
        by.verify(signature, said)
    except InvalidSignature:
        return False
    return True


def _unreadable() -> PublicKeysError:
    return PublicKeysError(
        "This is not the public half of a site's keys. Ask the partner for the whole text that "
        "`./desist keys public SITE` prints there, and paste it unchanged."
    )


def _ending(keys: Iterable[PublicKey], at: datetime) -> list[PublicKey]:
    return [key.ends(at) for key in keys]


def _row(key: PublicKey) -> dict[str, str]:
    row = {
        "id": key.id,
        "seal": _text(key.seal.public_bytes_raw()),
        "sign": _text(key.sign.public_bytes_raw()),
    }
    if key.vouched:
        row["vouched"] = _text(key.vouched)
    if key.until:
        row["until"] = key.until.isoformat()
    return row


def _key(row: dict[str, Any]) -> PublicKey:
    return PublicKey(
        str(row["id"]),
        X25519PublicKey.from_public_bytes(b64decode(row["seal"], validate=True)),
        Ed25519PublicKey.from_public_bytes(b64decode(row["sign"], validate=True)),
        b64decode(row.get("vouched", ""), validate=True),
        _moment(row["until"]) if "until" in row else None,
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
