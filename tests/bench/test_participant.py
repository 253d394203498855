"""The bench of the pages for phones: honest verdicts, and a phone that keeps its cookies and its form's token."""

import socket
import threading
from collections.abc import Iterator

import pytest

from tools.bench.line import Line
from tools.bench.participant import MOST, Device, Failed, verdicts

PAGE = b'<input name="csrfmiddlewaretoken" value="the-token">'
ANSWER = b"HTTP/1.1 200 OK\r\nSet-Cookie: sitting=abc; Path=/\r\nSet-Cookie: form=def\r\nContent-Length: %d\r\n\r\n%s"


@pytest.fixture
def asked() -> Iterator[tuple[int, list[bytes]]]:
    """A server that gives every request the same page, and what it was asked."""
    heard: list[bytes] = []

    def serve(listening: socket.socket) -> None:
        line, _ = listening.accept()
        with line:
            while received := line.recv(65536):
                heard.append(received)
                line.sendall(ANSWER % (len(PAGE), PAGE))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        yield int(listening.getsockname()[1]), heard


def test_a_phone_sends_back_its_cookies_and_the_token_of_its_form(asked: tuple[int, list[bytes]]) -> None:
    port, heard = asked
    with Line(port) as line:
        device = Device(line, {"phone": "p"})
        device.get("/")
        device.post("/add/", {"urge": "2"}, status=200)

    assert b"Cookie: phone=p; sitting=abc; form=def" in heard[1]
    assert b"urge=2&csrfmiddlewaretoken=the-token" in heard[1]


def test_another_answer_than_the_one_asked_for_is_a_failure(asked: tuple[int, list[bytes]]) -> None:
    with Line(asked[0]) as line, pytest.raises(Failed, match="/add/: 200"):
        Device(line).post("/add/", {}, status=204)


@pytest.mark.parametrize("missed", MOST)
def test_a_figure_over_its_target_is_missed(missed: str) -> None:
    found = {**MOST, missed: MOST[missed] + 1}

    assert [name for name, holds in verdicts(found) if not holds] == [missed]
    assert all(holds for _, holds in verdicts(MOST))
