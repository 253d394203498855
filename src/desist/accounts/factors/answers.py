"""A browser's answer in a passkey ceremony, checked before the library reads it.

The library makes bytes of any value where bytes belong, and of a number that many bytes. So an answer must be an object
of short strings under known names, and two of them must hold such objects too.
"""

import json
import re
from typing import Any

from fido2 import cbor
from fido2.utils import websafe_decode

LONGEST = 20_000  # characters of an answer; real ones have about one thousand
#: The most characters of each name: base64url, of at most 1,023 bytes of a credential's name by the standard.
OF_THE_ANSWER = {"id": 1_364, "rawId": 1_364, "type": 32}
OF_THE_RESPONSE = {
    "clientDataJSON": 4_000,
    "attestationObject": 12_000,
    "authenticatorData": 4_000,
    "signature": 8_000,
    "userHandle": 128,
}
OF_THE_CLIENT = {"type": 32, "challenge": 128, "origin": 300}
BASE64URL = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def read(answer: str) -> dict[str, Any]:
    """Return an answer's parts, each a short string. Raises ValueError, KeyError, TypeError or IndexError."""
    if len(answer) > LONGEST or answer.count("{") + answer.count("[") > 3:
        raise ValueError("too long, or too deep")
    sent = _object(json.loads(answer))
    if sent.pop("clientExtensionResults", {}) != {}:
        raise ValueError("extensions were not asked for")
    response = _strings(_object(sent.pop("response")), OF_THE_RESPONSE)
    _check_client(websafe_decode(response["clientDataJSON"]))
    if "attestationObject" in response:
        _check_attestation(websafe_decode(response["attestationObject"]))
    return {**_strings(sent, OF_THE_ANSWER), "response": response}


def _check_client(written: bytes) -> None:
    client = _object(json.loads(written))
    for name, most in OF_THE_CLIENT.items():
        _string(client[name], most)


def _check_attestation(written: bytes) -> None:
    made = _object(cbor.decode(written))
    if not isinstance(made["authData"], bytes):
        raise TypeError("authData")
    _string(made["fmt"], 32)
    _object(made["attStmt"])


def _object(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


def _strings(sent: dict[str, Any], most: dict[str, int]) -> dict[str, str]:
    """Return the strings of an answer, each short and in base64url (as is the one word "public-key")."""
    if not all(BASE64URL.fullmatch(_string(value, most[name])) for name, value in sent.items()):
        raise ValueError("not base64url")
    return sent


def _string(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("not a short string")
    return value
