"""A small real OpenID Connect provider on loopback: it publishes itself, never prompts, and signs its claims."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "desist", "shared with nobody"


class Provider:
    """The provider: the claims about who signs in, and how its answers differ from correct ones."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with: Any = self.key
        self.claims: dict[str, Any] = {"sub": "7", "email": "kit@service.example", "email_verified": True}
        self.header: dict[str, Any] = {"kid": "one"}
        self.algorithm = "RS256"
        self.document: dict[str, Any] = {}
        self.status = 200
        self.asked: dict[str, dict[str, str]] = {}
        self.issuer = ""

    def describe(self) -> dict[str, Any]:
        """Return the metadata that the provider publishes about itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.document,
        }

    def keys(self) -> dict[str, Any]:
        """Return the provider's public keys."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
        older = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(other))
        return {"keys": [{**public, "kid": "one", "alg": "RS256"}, {**older, "kid": "zero", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Return the address to which the browser goes on, with a code for one token."""
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, str] | None:
        """Return the signed token for a code, once, to the client that proves who it is and that it asked for it."""
        asked = self.asked.pop(sent["code"], None)
        proved = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest())
        if asked is None or sent["client_secret"] != SECRET:
            return None
        if proved.rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        told = {name: value for name, value in {**claims, **self.claims}.items() if value is not None}
        return {"id_token": jwt.encode(told, self.signs_with, self.algorithm, headers=self.header)}


@contextmanager
def serving() -> Iterator[Provider]:
    """Serve the provider from a thread, for as long as the block lasts."""
    provider = Provider()

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(asked))
                self.end_headers()
                return
            found = {"/.well-known/openid-configuration": provider.describe, "/keys": provider.keys}
            self._say(found[parts.path]())

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            sent = parse_qs(self.rfile.read(length).decode())
            self._say(provider.token({name: values[0] for name, values in sent.items()}))

        def _say(self, content: object) -> None:
            body = json.dumps(content).encode()
            self.send_response(provider.status if content else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
