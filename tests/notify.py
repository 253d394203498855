"""A GOV.UK Notify that speaks enough of its API to be handed messages: it checks the token, and may answer otherwise."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

from desist.deployment import Notify

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
KEY = f"northmere-{SERVICE}-{SECRET}"
#: path -> the field of the recipient there, and the fields of the template
TAKES = {
    "/v2/notifications/email": ("email_address", {"subject", "message"}),
    "/v2/notifications/sms": ("phone_number", {"message"}),
}


@dataclass
class Standing:
    """What the stand-in is told to do, and what it was given."""

    site: Notify
    answers: list[int] = field(default_factory=list)  # the codes of the next answers, then 201
    messages: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # method and path of each request
    cuts_off: bool = False  # it takes a message and is gone before it answers
    refused: str = ""  # an address that it sends nothing to


@contextlib.contextmanager
def notify() -> Iterator[Standing]:
    """Run one on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    server.daemon_threads = True
    site = Notify(f"http://127.0.0.1:{server.server_port}", SERVICE, SECRET, TEMPLATE)
    server.told = Standing(site)  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield server.told  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()


class _Answering(BaseHTTPRequestHandler):
    @property
    def told(self) -> Standing:
        found: Standing = self.server.told  # type: ignore[attr-defined]
        return found

    def log_message(self, *said: object) -> None:
        """Stay silent."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._lets_in() and (code := self._code()) == 201:
            to, fields = TAKES[urlsplit(self.path).path]
            wanted = {to, "template_id", "personalisation", "reference"}
            if (
                set(asked) != wanted
                or asked["template_id"] != TEMPLATE
                or set(asked["personalisation"]) != fields
            ):
                return self._say(400, _error("BadRequestError", "Template not found"))
            if asked[to] == self.told.refused:
                return self._say(400, _error("ValidationError", f"{to} Not a valid address"))
            self.told.messages.append(asked)
            if self.told.cuts_off:
                self.connection.close()
                return None
            self._say(201, {"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": asked["reference"]})
        elif self.told.asked[-1] != "refused":
            self._say(code, _error("Error", "No"))
        return None

    def do_GET(self) -> None:
        if self._lets_in():
            reference = parse_qs(urlsplit(self.path).query)["reference"][0]
            found = [one for one in self.told.messages if one["reference"] == reference]
            self._say(200, {"notifications": found, "links": {}})

    def _code(self) -> int:
        return self.told.answers.pop(0) if self.told.answers else 201

    def _lets_in(self) -> bool:
        """Whether the token is signed with the service's secret just now, as the API asks."""
        self.told.asked.append(f"{self.command} {urlsplit(self.path).path}")
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(
                token, SECRET, algorithms=["HS256"], issuer=SERVICE, options={"verify_iat": False}
            )
        except jwt.PyJWTError:
            claims = {}
        if isinstance(claims.get("iat"), int):
            return True
        self.told.asked.append("refused")
        self._say(403, _error("AuthError", "Invalid token: signature, api token not found"))
        return False

    def _say(self, code: int, what: object) -> None:
        said = json.dumps(what).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


def _error(error: str, message: str) -> dict[str, Any]:
    return {"status_code": 400, "errors": [{"error": error, "message": message}]}
