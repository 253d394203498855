"""The threads of a web process: a few work with the database, and the others have time for what needs none.

Each thread of the database keeps one connection. Where all of them wait for a server that hangs, static files are
still answered, by threads of the web server, which keep no connection.
"""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.db import connections

#: seconds after which threads that are all at work and finish nothing are taken for stuck
STUCK = 120.0
#: the first page, which leads a stranger on, and the pages for signing in
ENTRANCE = frozenset({"/", "/account/sign-in/", "/account/sign-in/password/"})


class Threads:
    """Runs an application's requests in threads for the database, as many as `number`, or where they came in."""

    def __init__(self, application: WSGIApplication, *, number: int) -> None:
        """Keep the application; threads start with the first requests."""
        self.application = application
        self.number = number
        self._working = ThreadPoolExecutor(number, thread_name_prefix="database")
        self._at_work: set[int] = set()
        self._moved = time.monotonic()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if not needs_database(environ):
            try:
                return self.application(environ, start_response)
            finally:
                connections.close_all()  # the page about a file that is not there may have asked who is signed in; the demo lists people
        status, headers, body = self._working.submit(self._answer, environ).result()
        start_response(status, headers)
        return [body]

    def stuck(self) -> bool:
        """Whether every thread has been at work for too long without one of them finishing."""
        return len(self._at_work) >= self.number and time.monotonic() - self._moved > STUCK

    def _answer(self, environ: WSGIEnvironment) -> tuple[str, list[tuple[str, str]], bytes]:
        """A whole answer: its status, headers and body."""
        told: list[Any] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], *_: object
        ) -> Callable[[bytes], object]:
            told[:] = status, headers
            return told.append  # an answer is never written piece by piece here

        me = threading.get_ident()
        self._at_work.add(me)
        self._moved = time.monotonic()
        try:
            answer = self.application(environ, start_response)
            try:
                return told[0], told[1], b"".join(answer)
            finally:
                if close := getattr(answer, "close", None):
                    close()
        finally:
            self._at_work.remove(me)
            self._moved = time.monotonic()


def needs_database(environ: WSGIEnvironment) -> bool:
    """Whether a request may need the database: all but files, and the way to the entrance without a session."""
    path = str(environ.get("PATH_INFO", ""))
    if path in ENTRANCE and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
        carried = str(environ.get("HTTP_COOKIE", ""))
        asks = getattr(settings, "DESIST_COOKIES_TO_ASK_FOR", (settings.SESSION_COOKIE_NAME,))
        return any(name in carried for name in asks)
    return not path.startswith(settings.STATIC_URL)
