"""OpenID Connect, authorization code flow with PKCE, against one provider (OpenID Connect Core 1.0; RFC 7636).

The site trusts an answer of the provider only once it has checked the signature, the audience, the time and the
question.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import jwt
import requests

from desist.deployment import Provider

TIMEOUT = 5.0  # seconds for one answer of the provider
#: Signatures by a key pair alone: a reader of a shared secret could make tokens.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 30  # seconds by which two clocks may differ
SCOPE = "openid email"


class Silent(Exception):
    """The provider cannot be reached, or its answer is not OpenID Connect."""


class Untrue(Exception):
    """The provider's answer does not hold for this site, this question or this moment."""


@dataclass(frozen=True)
class Question:
    """The question to the provider and its time (seconds of Unix time), kept in the session until the answer comes."""

    state: str
    nonce: str
    verifier: str
    asked: int


@dataclass(frozen=True)
class Person:
    """The person named by the provider: its own lasting name for them, and the e-mail address it verified."""

    subject: str
    email: str


def ask(*, provider: Provider, back: str, at: datetime) -> tuple[str, Question]:
    """Return the address for the browser, and the question. Raises Silent."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    question = Question(state, nonce, verifier, int(at.timestamp()))
    hashed = hashlib.sha256(question.verifier.encode()).digest()
    parameters = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": base64.urlsafe_b64encode(hashed).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        # After a pause the provider asks anew; otherwise it would let anyone at the screen through.
        "prompt": "login",
        # With this the provider must say when they proved who they are, and that is checked.
        "max_age": "0",
    }
    return f"{_known(provider)['authorization_endpoint']}?{urlencode(parameters)}", question


def answer(*, provider: Provider, question: Question, code: str, back: str) -> Person:
    """Return the person that the provider names. Raises Silent, Untrue."""
    known = _known(provider)
    given = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": provider.client,
        "client_secret": provider.secret(),
        "code_verifier": question.verifier,
    }
    token = _fetch("POST", known["token_endpoint"], data=given).get("id_token")
    claims = _claims(provider, str(token), _fetch("GET", known["jwks_uri"]))
    if not secrets.compare_digest(str(claims["nonce"]).encode(), question.nonce.encode()):
        raise Untrue("another question's answer")
    if not _is_since(question.asked, claims.get("auth_time")):
        raise Untrue("signed in before they were asked")
    if claims.get("email_verified") is not True or not claims.get("email"):
        raise Untrue("no verified e-mail address")
    return Person(f"{provider.issuer}|{claims['sub']}", str(claims["email"]).lower())


def _claims(provider: Provider, token: str, keys: dict[str, Any]) -> dict[str, Any]:
    """The claims of a token, once its signature, issuer, audience and times are checked."""
    try:
        key = _key(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=ALGORITHMS,
            audience=provider.client,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "aud", "iss", "sub", "nonce"]},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as failure:
        raise Untrue(type(failure).__name__) from None
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client:
        raise Untrue("meant for another site as well")
    return claims


def _is_since(asked: int, told: object) -> bool:
    """Whether the person signed in since the question, by the provider's clock; some providers do not tell."""
    if told is None:
        return True
    return isinstance(told, int | float) and not isinstance(told, bool) and told >= asked - LEEWAY


def _key(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The provider's key that a token names, or its only key where the token names none."""
    name = jwt.get_unverified_header(token).get("kid")
    found = [key for key in jwt.PyJWKSet.from_dict(keys).keys if name in {None, key.key_id}]
    if len(found) != 1:
        raise Untrue("signed by no key of the provider")
    return found[0]


def _known(provider: Provider) -> dict[str, str]:
    """The provider's addresses, as it publishes them."""
    found = _fetch("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != provider.issuer or not all(_is_safe(str(found.get(name))) for name in wanted):
        raise Silent("the provider describes another one")
    return {name: str(found[name]) for name in wanted}


def _fetch(method: str, address: str, *, data: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        reply = requests.request(method, address, data=data, timeout=TIMEOUT, allow_redirects=False)
        if reply.status_code != requests.codes.ok:
            raise Silent(str(reply.status_code))
        return dict(cast("dict[str, Any]", reply.json()))
    except (requests.RequestException, ValueError, TypeError) as failure:
        raise Silent(type(failure).__name__) from None


def _is_safe(address: str) -> bool:
    """Whether an address is encrypted, or on this machine itself."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    )
