"""The phone's own lock as a way in: a passkey beside the six digits (docs/adr/passkeys-of-phones.md).

It is asked and checked here, by the module of staff's passkeys; the database keeps it, and opens a sign-in by it. A question
is signed, names its phone, its purpose and its moment, and counts once: the database takes none that is older than the last one.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.core import signing
from fido2.webauthn import AttestedCredentialData, ResidentKeyRequirement

from desist.accounts.factors import passkeys
from desist.accounts.factors.passkeys import BadAnswer, Credential, Host
from desist.participant import calls
from desist.participant.here import NAME, PhoneRequest

USE, MAKE = "use", "make"


@dataclass(frozen=True)
class Question:
    """What a phone was asked: the challenge itself, and when it was asked."""

    challenge: bytes
    asked: datetime


def to_use(request: PhoneRequest) -> str:
    """The question for opening the pages with this phone's lock, as JSON; "" where it has no passkey."""
    known = known_here(request)
    if known is None:
        return ""
    return passkeys.ask_for_known(host=_host(request), challenge=_asked(request, USE), known=[known.id])


def to_make(request: PhoneRequest) -> str:
    """The question for making a passkey, as JSON. The phone does not list it among its passkeys where it can do without."""
    return passkeys.ask_for_new(
        host=_host(request),
        challenge=_asked(request, MAKE),
        user=_user(request),
        label=NAME,
        known=(),
        resident=ResidentKeyRequirement.DISCOURAGED,
    )


def use(request: PhoneRequest, answer: str, *, sitting: str) -> bool:
    """Open a sign-in by the answer of this phone's passkey."""
    question, known = _question(request, USE, answer), known_here(request)
    if known is None:
        return False
    counter = _used(request, question, known, answer) if question else None
    moment = question.asked if question else request.at
    return calls.open_(device=request.device, counter=counter, asked=moment, sitting=sitting, at=request.at)


def keep(request: PhoneRequest, answer: str, *, pin: str) -> bool:
    """Keep the passkey that this phone made, by the six digits."""
    question = _question(request, MAKE, answer)
    if question is None:
        return False
    try:
        made = passkeys.made(host=_host(request), challenge=question.challenge, answer=answer)
    except BadAnswer:
        return False
    return calls.keep_passkey(
        request.sitting,
        device=request.device,
        pin=pin,
        kept=urlsafe_b64encode(made.data).decode(),
        counter=made.counter,
        asked=question.asked,
        at=request.at,
    )


def known_here(request: PhoneRequest) -> Credential | None:
    """This phone's passkey; None where it has none."""
    found = calls.passkey(request.device, at=request.at) if request.device else None
    if found is None:
        return None
    data = urlsafe_b64decode(found[0])
    return Credential(AttestedCredentialData(data).credential_id, data, found[1])


def _used(request: PhoneRequest, question: Question, known: Credential, answer: str) -> int | None:
    """The counter after this phone's passkey answered; None where it did not."""
    try:
        return passkeys.used(
            host=_host(request),
            challenge=question.challenge,
            answer=answer,
            user=_user(request),
            known=known,
        )
    except BadAnswer:
        return None


def _asked(request: PhoneRequest, purpose: str) -> bytes:
    """A new question: a number that nobody can guess and its moment, signed for this phone and purpose."""
    said = f"{secrets.token_urlsafe(12)}.{int(request.at.timestamp() * 1_000_000)}"
    return _signer(request, purpose).sign(said).encode()


def _question(request: PhoneRequest, purpose: str, answer: str) -> Question | None:
    """The question that an answer says it answers, where it was put to this phone for this purpose."""
    try:
        challenge = passkeys.challenge_of(answer=answer)
        said = _signer(request, purpose).unsign(challenge.decode("ascii"))
    except (BadAnswer, signing.BadSignature, UnicodeDecodeError):
        return None
    moment = int(said.rpartition(".")[2])
    return Question(challenge, datetime.fromtimestamp(moment / 1_000_000, UTC))


def _signer(request: PhoneRequest, purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"{purpose} a passkey on {request.device}")


def _user(request: PhoneRequest) -> str:
    """The name under which the phone files its passkey: of this phone alone, and nobody's."""
    return sha256(f"passkey {request.device}".encode()).hexdigest()[:32]


def _host(request: PhoneRequest) -> Host:
    """The name of these pages, under a title that tells nothing."""
    return Host(request.get_host(), NAME)
