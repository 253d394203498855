"""A security key in software: what a browser and a device do between them, for tests that need no browser."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "https://testserver"
FLAG = AuthenticatorData.FLAG


class SoftKey:
    """One passkey on one device; with `verifies`, the device asks its owner for a finger or a PIN."""

    empty = False  # claims that it made a passkey and sends none
    algorithm = ES256.ALGORITHM

    def __init__(self, *, verifies: bool = True, origin: str = ORIGIN, counter: int = 0) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.user = b""
        self.origin, self.verifies, self.counter = origin, verifies, counter

    def make(self, question: str) -> str:
        """Answer the question for a new passkey."""
        asked = json.loads(question)["publicKey"]
        self.user = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]  # as the library has it
        public[3] = self.algorithm
        credential = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        flags = self._flags() | (FLAG(0) if self.empty else FLAG.AT)
        sent = b"" if self.empty else bytes(credential)
        data = AuthenticatorData.create(sha256(asked["rp"]["id"].encode()), flags, self.counter, sent)
        attestation = AttestationObject.create("none", data, {})
        client = self._client(CollectedClientData.TYPE.CREATE, asked)
        return self._answer({"clientDataJSON": client, "attestationObject": attestation})

    def use(self, question: str) -> str:
        """Answer the question for a known passkey."""
        asked = json.loads(question)["publicKey"]
        self.counter += bool(self.counter)
        data = AuthenticatorData.create(sha256(asked["rpId"].encode()), self._flags(), self.counter)
        client = self._client(CollectedClientData.TYPE.GET, asked)
        signature = self.private.sign(bytes(data) + sha256(bytes(client)), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer({**parts, "userHandle": self.user})

    def _flags(self) -> Any:
        return FLAG.UP | (FLAG.UV if self.verifies else FLAG(0))

    def _client(self, kind: str, asked: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, asked["challenge"], self.origin)

    def _answer(self, response: dict[str, bytes]) -> str:
        name = websafe_encode(self.id)
        written = {part: websafe_encode(bytes(value)) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": written})
