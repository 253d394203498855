"""A mail server that speaks enough SMTP to be handed e-mails, with STARTTLS, TLS or neither; it may be silent."""

import contextlib
import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

VALID = (
    datetime(2020, 1, 1, tzinfo=UTC),
    datetime(2060, 1, 1, tzinfo=UTC),
)


@dataclass
class MailServer:
    """What the server is told to do, and what it was given."""

    port: int = 0
    security: str = "plain"
    refused: dict[str, int] = field(default_factory=dict)  # address -> the code that answers it
    connections: int = 0
    messages: list[tuple[list[str], str]] = field(default_factory=list)
    ciphered: list[bool] = field(default_factory=list)  # for each message
    answering: threading.Event = field(default_factory=threading.Event)
    context: ssl.SSLContext | None = None


@contextlib.contextmanager
def mail_server(folder: Path, *, security: str = "plain", silent: bool = False) -> Iterator[MailServer]:
    """Run one on this machine; its authority is `authority.pem` in the folder. A silent one waits for `answering`."""
    told = MailServer(security=security)
    if not silent:
        told.answering.set()
    if security != "plain":
        _certify(folder)
        told.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        told.context.load_cert_chain(folder / "authority.pem", folder / "key.pem")
    server = _Server(told)
    told.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.answering.set()
        server.shutdown()
        server.server_close()


class _Session(socketserver.StreamRequestHandler):
    """One connection: commands and their answers until QUIT."""

    server: "_Server"

    def handle(self) -> None:
        self.told = self.server.told
        self.to: list[str] = []
        self.told.connections += 1
        self.told.answering.wait(60)
        with contextlib.suppress(OSError):
            if self.told.security == "tls":
                self._cipher()
            self._say("220 mail.example")
            while line := self.rfile.readline().decode().strip():
                getattr(self, f"_{line[:4].lower()}", self._ok)(line)

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _cipher(self) -> None:
        assert self.told.context is not None
        super().finish()
        self.connection = self.told.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _ok(self, _: str) -> None:
        self._say("250 ok")

    def _ehlo(self, _: str) -> None:
        starttls = self.told.security == "starttls"
        self._say("250-mail.example\r\n250 STARTTLS" if starttls else "250 mail.example")

    def _star(self, _: str) -> None:
        self._say("220 go on")
        self._cipher()

    def _rcpt(self, line: str) -> None:
        address = line.partition("<")[2].partition(">")[0]
        code = self.told.refused.get(address, 250)
        self.to += [address] if code == 250 else []
        self._say(f"{code} {address}")

    def _data(self, line: str) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        self.told.ciphered.append(isinstance(self.connection, ssl.SSLSocket))
        self.told.messages.append((self.to, "\n".join(lines)))
        self._say("250 taken")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, told: MailServer) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.told = told


def _certify(folder: Path) -> None:
    """Write an authority of our own that certifies itself for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Northmere mail")])
    at_home = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), *VALID)
    made = made.add_extension(at_home, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    signed = made.sign(key, hashes.SHA256())
    (folder / "authority.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
