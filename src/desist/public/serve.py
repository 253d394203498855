"""Serves a built site from memory: exact addresses only, the headers of one table, and no other use of the request.

The Host header, query, cookies and every other header but Accept-Encoding are ignored, so none can change an answer.
"""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from desist.public.headers import HEADERS
from desist.public.output import MARK

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
}
#: the address of a probe: whether the process answers at all
HEALTH = "/health"
#: the variable that names the folder to the server's workers
FOLDER = "DESIST_PUBLIC_FILES"

Headers = list[tuple[str, str]]


class NothingBuilt(Exception):
    """The folder holds no built site."""


class PortTaken(Exception):
    """Another program listens there."""


class Scope(Protocol):
    """The server's view of a request (RSGI)."""

    proto: str
    method: str
    path: str
    headers: Any


class Answering(Protocol):
    """The calls that answer the server (RSGI)."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...

    def response_empty(self, status: int, headers: Headers) -> None: ...


@dataclass(frozen=True)
class Answer:
    """The answer of one address, plain and packed."""

    status: int
    plain: tuple[Headers, bytes]
    packed: tuple[Headers, bytes] | None


def answer(status: int, kind: str, body: bytes, packed: bytes | None) -> Answer:
    """An answer with its headers made once."""

    def headers(length: int, *more: tuple[str, str]) -> Headers:
        fixed = [("content-type", kind), ("content-length", str(length)), ("vary", "accept-encoding")]
        return [*HEADERS.items(), *fixed, *more]

    small = (headers(len(packed), ("content-encoding", "gzip")), packed) if packed else None
    return Answer(status, (headers(len(body)), body), small)


def answers(folder: Path) -> dict[str, Answer]:
    """Every address of a built site. Raises NothingBuilt when the folder holds none."""
    if not (folder / MARK).exists():
        raise NothingBuilt(f"{folder} holds no built site. Build one first: ./desist public build {folder}")
    known = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix not in KINDS:
            continue
        twin = path.with_name(path.name + ".gz")
        packed = twin.read_bytes() if twin.is_file() else None
        address = "/" + path.relative_to(folder).as_posix()
        made = answer(404 if path.name == "404.html" else 200, KINDS[path.suffix], path.read_bytes(), packed)
        known[address] = made
        if path.name == "index.html":
            known[address.removesuffix("index.html")] = made
    return known


class Server:
    """The server's application: looks an address up and answers."""

    def __init__(self, folder: Path) -> None:
        self.known = {**answers(folder), HEALTH: answer(200, KINDS[".txt"], b"ok\n", None)}
        self.absent = {"/cy/": self.known.get("/cy/404.html", self.known["/404.html"])}

    async def __call__(self, scope: Scope, protocol: Answering) -> None:
        """Answer one request."""
        if scope.method not in {"GET", "HEAD"}:
            protocol.response_empty(405, [*HEADERS.items(), ("allow", "GET, HEAD"), ("content-length", "0")])
            return
        found = self.known.get(scope.path)
        if found is None and f"{scope.path}/" in self.known:
            # Relative, so that no Host header can redirect a visitor elsewhere.
            name = scope.path.rpartition("/")[2]
            protocol.response_empty(
                308, [*HEADERS.items(), ("location", f"{name}/"), ("content-length", "0")]
            )
            return
        found = found or self.absent.get(scope.path[:4], self.known["/404.html"])
        headers, body = self.form(found, scope)
        if scope.method == "HEAD":
            protocol.response_empty(found.status, headers)
        else:
            protocol.response_bytes(found.status, headers, body)

    def form(self, found: Answer, scope: Scope) -> tuple[Headers, bytes]:
        """The packed form where the browser takes it."""
        if found.packed and "gzip" in (scope.headers.get("accept-encoding") or ""):
            return found.packed
        return found.plain


def application() -> Server:
    """The application of each worker of the server."""
    return Server(Path(os.environ[FOLDER]))


def serve(
    folder: Path, *, host: str = "127.0.0.1", port: int = 8070, workers: int = 1, beside: bool = False
) -> None:
    """Serve until stopped; `beside`: beside the version before. Raises NothingBuilt or PortTaken before it starts."""
    from granian import Granian  # noqa: PLC0415 - building a site needs no server
    from granian.constants import Interfaces  # noqa: PLC0415
    from setproctitle import getproctitle  # noqa: PLC0415

    answers(folder)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if not beside and probe.connect_ex((host, port)) == 0:
            raise PortTaken(f"Port {port} of {host} is taken by another program: choose another with --port.")
    os.environ[FOLDER] = str(folder.resolve())
    Granian(
        "desist.public.serve:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        websockets=False,
        log_access=False,
        process_name=getproctitle(),
    ).serve()
