"""The two ceremonies of a passkey (WebAuthn): making one, and using one. Pure but for randomness.

A passkey belongs to one host name. The user is always verified (fingerprint, face or PIN), which makes it two factors
in one: the device, and its owner.
"""

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from desist.accounts.factors import answers

REQUIRED = UserVerificationRequirement.REQUIRED
#: the errors that a malformed answer may raise while it is read or checked
MALFORMED = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    AssertionError,
    NotImplementedError,
    struct.error,
)


class BadAnswer(Exception):
    """The answer fits no question or passkey of this site."""


@dataclass(frozen=True)
class Host:
    """The name that passkeys belong to, and the title people see. `name` may carry a port."""

    name: str
    title: str

    @property
    def domain(self) -> str:
        """The name without its port."""
        return self.name.partition(":")[0]

    @property
    def origin(self) -> str:
        """The one origin of the pages that ask for a passkey: encrypted, except on this machine itself."""
        local = self.domain == "localhost" or self.domain.endswith(".localhost")
        return f"{'http' if local else 'https'}://{self.name}"


@dataclass(frozen=True)
class Credential:
    """A passkey that exists: its id, its public half as the library keeps it, and its counter."""

    id: bytes
    data: bytes
    counter: int


def ask_for_new(
    *,
    host: Host,
    challenge: bytes,
    user: str,
    label: str,
    known: Iterable[bytes],
    resident: ResidentKeyRequirement = ResidentKeyRequirement.REQUIRED,
) -> str:
    """The question for making a passkey, as JSON; a device that holds a `known` one refuses.

    `resident` says whether the device is to list it among its passkeys.
    """
    options, _ = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=user.encode(), name=label, display_name=label),
        credentials=[_descriptor(one) for one in known],
        resident_key_requirement=resident,
        user_verification=REQUIRED,
        challenge=challenge,
    )
    return json.dumps(dict(options))


def ask_for_known(*, host: Host, challenge: bytes, known: Iterable[bytes]) -> str:
    """The question for using a passkey, as JSON. Where none is known, the person chooses any passkey of this host."""
    options, _ = _server(host).authenticate_begin(
        [_descriptor(one) for one in known] or None, user_verification=REQUIRED, challenge=challenge
    )
    return json.dumps(dict(options))


def challenge_of(*, answer: str) -> bytes:
    """The question that an answer says it answers; raises BadAnswer."""
    try:
        return bytes(_new(answer).response.client_data.challenge)
    except MALFORMED:
        pass
    try:
        return bytes(_known(answer).response.client_data.challenge)
    except MALFORMED:
        raise BadAnswer("unreadable") from None


def made(*, host: Host, challenge: bytes, answer: str) -> Credential:
    """The passkey that was made; raises BadAnswer."""
    try:
        data = _server(host).register_complete(_state(challenge), _new(answer))
        made = AttestedCredentialData(bytes(data.credential_data or b""))
        _check_algorithm(made.public_key)
    except MALFORMED:
        raise BadAnswer("not made for this page") from None
    return Credential(made.credential_id, bytes(made), data.counter)


def credential_id(*, answer: str) -> bytes:
    """The id of the passkey that gave an answer; raises BadAnswer."""
    try:
        return bytes(_known(answer).raw_id)
    except MALFORMED:
        raise BadAnswer("unreadable") from None


def used(*, host: Host, challenge: bytes, answer: str, user: str, known: Credential) -> int:
    """The counter after a known passkey of this user answered; raises BadAnswer."""
    try:
        response = _known(answer)
        _server(host).authenticate_complete(_state(challenge), [AttestedCredentialData(known.data)], response)
        named, counter = response.response.user_handle, response.response.authenticator_data.counter
    except MALFORMED:
        raise BadAnswer("not signed by this passkey for this page") from None
    if named is not None and bytes(named) != user.encode():
        raise BadAnswer("someone else's")
    if (counter or known.counter) and counter <= known.counter:
        raise BadAnswer("a copy of the passkey was used")
    return int(counter)


def _server(host: Host) -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(id=host.domain, name=host.title)
    return Fido2Server(entity, verify_origin=lambda origin: origin == host.origin)


def _descriptor(known: bytes) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=known)


def _state(challenge: bytes) -> dict[str, str]:
    return {"challenge": websafe_encode(challenge), "user_verification": REQUIRED}


def _check_algorithm(key: CoseKey) -> None:
    """Refuse a key of a kind that the question did not offer: it could never be used again."""
    if key.get(3) not in CoseKey.supported_algorithms():
        raise ValueError("algorithm")


def _new(answer: str) -> RegistrationResponse:
    return RegistrationResponse.from_dict(answers.read(answer))


def _known(answer: str) -> AuthenticationResponse:
    return AuthenticationResponse.from_dict(answers.read(answer))
