"""A kept-open line to a web server that costs the asking side next to nothing."""

import socket
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> str:
        """A header's value, or ""."""
        for line in self.head.split(b"\r\n"):
            if line.lower().startswith(name.lower() + b":"):
                return line.partition(b":")[2].strip().decode("latin-1")
        return ""


class Line:
    """One connection over which one request after the other is sent."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self.port = port
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        """Return the line itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._socket.close()

    def ask(self, request: bytes) -> Answer:
        """Send a whole request and read the whole answer."""
        self._socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        answer = Answer(int(head[9:12]), head, body)
        length = int(answer.header(b"content-length") or 0)
        while len(body) < length:
            body += self._more()
        return Answer(answer.status, head, body)

    def _more(self) -> bytes:
        more = self._socket.recv(65536)
        if not more:
            raise ConnectionError("The server hung up.")
        return more


def request(method: str, path: str, *, host: str, cookies: dict[str, str], body: str = "") -> bytes:
    """Return a request as bytes; one with a body is a sent form."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body.encode())}"]
    return "\r\n".join([*lines, "", body]).encode()
