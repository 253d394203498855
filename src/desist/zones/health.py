"""The answer to a probe: whether a web process answers at all, and nothing else.

It is given before Django sees the request: no database, session, host name, log line or audit is needed.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = "/health"
BODY = b"ok\n"
HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(BODY))),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
]


def before(application: WSGIApplication) -> WSGIApplication:
    """Answer a probe in the application's place; every other request goes on to it."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != ADDRESS or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return application(environ, start_response)
        start_response("200 OK", HEADERS)
        return [BODY] if environ["REQUEST_METHOD"] == "GET" else []

    return answer
