"""What a connection asks for at its start: nothing that a pooler in between refuses, and still no endless wait for a lock."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from threading import Thread

import pytest
from django.db import OperationalError, connection

from desist.post.courier import Courier
from desist.post.routes import Route
from desist.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.django_db

#: what a client may send that asks for TLS first; "N" says that it must go on without
ASKS_FOR_TLS = 80877103


class Ear:
    """Listens for what clients send at the start, and hangs up."""

    def __init__(self) -> None:
        self.heard: list[dict[str, str]] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        with suppress(OSError):  # closed
            while True:
                with closing(self._socket.accept()[0]) as client:
                    self._hear(client)

    def _hear(self, client: socket.socket) -> None:
        code, said = _message(client)
        while code == ASKS_FOR_TLS:
            client.sendall(b"N")
            code, said = _message(client)
        parts = said.decode().rstrip("\0").split("\0")
        self.heard.append(dict(zip(parts[::2], parts[1::2], strict=False)))


def _message(client: socket.socket) -> tuple[int, bytes]:
    length = struct.unpack("!I", client.recv(4, socket.MSG_WAITALL))[0]
    body = client.recv(length - 4, socket.MSG_WAITALL)
    return struct.unpack("!I", body[:4])[0], body[4:]


@pytest.fixture
def ear() -> Iterator[Ear]:
    with closing(Ear()) as found:
        yield found


def by_a_process(ear: Ear) -> None:
    """As web, worker and migrations connect."""
    own = DatabaseWrapper({**connection.settings_dict, "HOST": "127.0.0.1", "PORT": str(ear.port)})
    with pytest.raises(OperationalError):
        own.ensure_connection()


def by_the_courier(ear: Ear) -> None:
    def address() -> str:
        return f"host=127.0.0.1 port={ear.port} dbname=a user=courier"

    courier = Courier(routes=[Route("a", "b")], addresses={"a": address, "b": address})
    assert courier.round(now=0) == 0


@pytest.mark.parametrize("connects", [by_a_process, by_the_courier])
def test_no_start_up_option_is_sent_that_poolers_refuse(ear: Ear, connects: Callable[[Ear], None]) -> None:
    """They know the user, the database, the client's encoding and its name, and refuse `options`."""
    connects(ear)

    assert ear.heard
    for said in ear.heard:
        assert set(said) <= {"user", "database", "client_encoding", "application_name"}


def test_nobody_waits_for_a_lock_without_end() -> None:
    own = connection.copy()
    with closing(own), own.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")

        assert cursor.fetchone() == ("5s",)
