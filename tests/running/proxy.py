"""A small proxy before several web hosts, which treats them as the examples in deploy/ do.

A host that refuses a connection is left out for a second and another one is asked. A page whose answer is cut off is
asked for once more, at another host; a form is not: its person gets the page that says to reload.
"""

import http.client
import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OUT = 1.0  # seconds
AWAY = 502
#: headers that belong to one connection, and not to what is said
OWN = {"connection", "transfer-encoding", "content-length", "server", "date"}


class Proxy(ThreadingHTTPServer):
    """Divides requests over hosts in turn; `answered` counts each host's answers."""

    daemon_threads = True

    def __init__(self, hosts: Sequence[int]) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.answered: Counter[int] = Counter()
        self._hosts, self._turn, self._out = hosts, itertools.count(), dict.fromkeys(hosts, 0.0)

    def in_turn(self) -> list[int]:
        """Every host that is not left out, beginning with the next one."""
        first = next(self._turn)
        turned = [self._hosts[(first + number) % len(self._hosts)] for number in range(len(self._hosts))]
        return [host for host in turned if self._out[host] < time.monotonic()]

    def leave_out(self, host: int) -> None:
        """Ask a host no more for a moment."""
        self._out[host] = time.monotonic() + OUT


class Passing(BaseHTTPRequestHandler):
    """One request, passed on."""

    server: Proxy

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        for host in self.server.in_turn():
            wire = http.client.HTTPConnection("127.0.0.1", host, timeout=60)
            try:
                wire.connect()
            except OSError:
                self.server.leave_out(host)
                continue
            try:
                wire.request(self.command, self.path, body or None, dict(self.headers.items()))
                answer = wire.getresponse()
                said = answer.read()
            except (OSError, http.client.HTTPException):
                self.server.leave_out(host)
                if self.command == "POST":
                    break
                continue
            finally:
                wire.close()
            self.server.answered[host] += 1
            self._answer(answer.status, answer.getheaders(), said)
            return
        self._answer(AWAY, [], b"away")

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, headers: Sequence[tuple[str, str]], said: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in OWN:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


@contextmanager
def before(hosts: Sequence[int]) -> Iterator[Proxy]:
    """Run a proxy before hosts, which are ports here, for as long as the block lasts."""
    with Proxy(hosts) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
