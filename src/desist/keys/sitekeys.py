"""The keys of a site: sets of keys, each drawn from one random root, the newest first.

One root a set keeps the key file and the printed shares short, and lets a new purpose appear without a new file.
"""

import secrets
from base64 import b32encode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import takewhile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desist.keys.public import PublicKey, PublicKeys

ROOT_BYTES = 32


class KeysError(Exception):
    """The keys cannot do what was asked; the message gives the reason and the way out."""


class UnknownKey(KeysError):
    """The data was locked with a key that this site does not have (any more)."""


@dataclass(frozen=True)
class KeySet:
    """The keys a site used from the day `made` on; all are drawn from `root` (32 random bytes).

    An `exposed` set may be known to others, and with it every older one: the key file held them all.
    """

    site: str
    made: date
    root: bytes = field(repr=False)
    exposed: bool = False

    def derive(self, purpose: str) -> bytes:
        """The 32-byte key for one purpose (HKDF-SHA256); no purpose's key tells another's."""
        info = f"desist keys 1|{self.site}|{purpose}".encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self.root)

    @cached_property
    def id(self) -> str:
        """The name of this set, eight letters and digits; it tells nothing about the keys."""
        return b32encode(self.derive("id")[:5]).decode().lower()

    @cached_property
    def seal(self) -> X25519PrivateKey:
        """Opens the envelopes and backups sealed to this site."""
        return X25519PrivateKey.from_private_bytes(self.derive("seal"))

    @cached_property
    def sign(self) -> Ed25519PrivateKey:
        """Signs the site's envelopes."""
        return Ed25519PrivateKey.from_private_bytes(self.derive("sign"))

    @cached_property
    def django_secret(self) -> str:
        """Django's SECRET_KEY; those of older sets are its fallbacks."""
        return urlsafe_b64encode(self.derive("django")).decode()

    @cached_property
    def mfa(self) -> bytes:
        """Encrypts the secrets of authenticator apps."""
        return self.derive("mfa")

    @cached_property
    def vault(self) -> bytes:
        """Wraps the keys of persons in the vault."""
        return self.derive("vault")

    @cached_property
    def search(self) -> bytes:
        """Keys the hashes by which a locator is found again."""
        return self.derive("search")

    @cached_property
    def audit(self) -> bytes:
        """Keys the seals of the audit log."""
        return self.derive("audit")

    @cached_property
    def journal(self) -> bytes:
        """Encrypts the events of looks while the database cannot be written."""
        return self.derive("journal")

    @cached_property
    def public(self) -> PublicKey:
        """The half for partners."""
        return PublicKey(self.id, self.seal.public_key(), self.sign.public_key())


@dataclass(frozen=True)
class SiteKeys:
    """All keys of a site, the newest set first; older sets only open data that they locked."""

    site: str
    sets: tuple[KeySet, ...]

    @property
    def current(self) -> KeySet:
        """The set that locks and signs now."""
        return self.sets[0]

    def find(self, key_id: str) -> KeySet:
        """The set of that id; raises UnknownKey."""
        for keys in self.sets:
            if keys.id == key_id:
                return keys
        raise UnknownKey(
            f"{self.site} has no key {key_id}. It was locked for another site, or with a key that is lost: "
            "recover the key file from its printed shares with `./desist keys recover`."
        )

    @property
    def trusted(self) -> tuple[KeySet, ...]:
        """The sets that no stranger can know: those newer than the newest exposed one."""
        return tuple(takewhile(lambda keys: not keys.exposed, self.sets))

    @property
    def was_exposed(self) -> bool:
        """Whether any set may be known to others."""
        return len(self.trusted) < len(self.sets)

    @property
    def public(self) -> PublicKeys:
        """The public halves of the trusted sets, for the partners' registers.

        Each is vouched for by the one before it, and the newest lists them all.
        """
        older = (*self.trusted[1:], None)
        return PublicKeys(
            self.site,
            tuple(
                keys.public.vouched_by(before.sign, site=self.site) if before else keys.public
                for keys, before in zip(self.trusted, older, strict=True)
            ),
        ).listed_by(self.current.sign)

    def signing_for(self, known: str) -> KeySet:
        """The set to sign with for a partner that confirmed the set of the id `known`.

        A partner that confirmed no trusted set was at least given the oldest of them.
        """
        return next((keys for keys in self.trusted if keys.id == known), self.trusted[-1])

    def withdrawing_for(self, known: str) -> tuple[KeySet, ...]:
        """The exposed sets to sign a withdrawal with: the one that the partner confirmed.

        Of a partner that confirmed none of them, it may know the first set after each exposure, or the very first one.
        """
        exposed = self.sets[len(self.trusted) :]
        confirmed = tuple(keys for keys in exposed if keys.id == known)
        older = (*exposed[1:], None)
        first = (
            keys for keys, before in zip(exposed, older, strict=True) if before is None or before.exposed
        )
        return confirmed or tuple(first)


def generate(*, site: str, on: date) -> SiteKeys:
    """New keys for a site that has none."""
    return SiteKeys(site, (KeySet(site, on, secrets.token_bytes(ROOT_BYTES)),))


def rotate(*, keys: SiteKeys, on: date, exposed: bool = False) -> SiteKeys:
    """Return the keys behind a new set, used from now on. `exposed`: the sets of before may be known to others."""
    newest, *older = keys.sets
    before = replace(newest, exposed=newest.exposed or exposed)
    return SiteKeys(keys.site, (KeySet(keys.site, on, secrets.token_bytes(ROOT_BYTES)), before, *older))
