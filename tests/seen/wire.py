"""Requests as a stranger sends them."""

import http.client
import time

from desist.sites import Site


def asked(
    site: Site,
    path: str,
    *,
    method: str = "GET",
    host: str = "",
    body: str = "",
    patience: float = 0,
) -> tuple[int, str]:
    """The answer to a request: its status and its body. Until it comes, try for `patience` seconds."""
    end = time.monotonic() + patience
    while True:
        try:
            return _asked(site.port or 0, path, method, host or f"{site.zone}.localhost", body)
        except OSError:
            if time.monotonic() >= end:
                raise
            time.sleep(0.2)


def _asked(port: int, path: str, method: str, host: str, body: str) -> tuple[int, str]:
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Host": host, "Cookie": "partnership_session=PLANTED-COOKIE"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        wire.request(method, path, body or None, headers)
        answer = wire.getresponse()
        return answer.status, answer.read().decode()
    finally:
        wire.close()
