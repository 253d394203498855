"""A few threads work with the database; what needs none is answered while they all wait."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from desist.zones import threads
from desist.zones.threads import Threads, needs_database


def request(path: str, method: str = "GET", cookie: str = "") -> dict[str, Any]:
    return {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_COOKIE": cookie}


class Site:
    """An application whose pages wait until they may go on, and which notes the thread that answers."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.begun = threading.Semaphore(0)
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> "Site":
        start_response("200 OK", [("Content-Type", "text/plain")])
        self.path = environ["PATH_INFO"]
        if needs_database(environ):
            self.begun.release()
            self.may_go_on.wait(30)
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"an ", b"answer")

    def close(self) -> None:
        self.closed += 1


def ask(application: Threads, path: str) -> tuple[list[Any], bytes]:
    told: list[Any] = []
    body = b"".join(application(request(path), lambda *said: told.extend(said)))  # type: ignore[arg-type]  # nothing is written
    return told, body


def test_while_every_thread_of_the_database_waits_files_are_answered() -> None:
    site = Site()
    application = Threads(site, number=2)
    pages = [threading.Thread(target=ask, args=[application, "/people/"]) for _ in range(6)]
    for page in pages:
        page.start()
    assert all(site.begun.acquire(timeout=10) for _ in range(2))

    answers = [ask(application, path) for path in ("/static/a.css", "/account/sign-in/")]

    assert not site.begun.acquire(blocking=False)  # the third waits for one of the two
    site.may_go_on.set()
    for page in pages:
        page.join(10)
    assert [body for _, body in answers] == [b"an answer"] * 2


def test_an_answer_is_whole_and_closed() -> None:
    site = Site()
    site.may_go_on.set()

    assert ask(Threads(site, number=1), "/people/") == (
        ["200 OK", [("Content-Type", "text/plain")]],
        b"an answer",
    )
    assert site.closed == 1


def test_only_files_and_the_way_to_the_entrance_need_no_database() -> None:
    session = f"device=x; {settings.SESSION_COOKIE_NAME}=y"
    for path in ("/static/app.css", "/", "/account/sign-in/", "/account/sign-in/password/"):
        assert not needs_database(request(path))
    for path in ("/", "/account/sign-in/"):
        assert needs_database(request(path, cookie=session))
        assert needs_database(request(path, "POST"))
    for path in ("/people/", "/account/", "/account/sign-in/x"):
        assert needs_database(request(path))


def test_a_zone_names_more_cookies_for_which_its_first_page_asks_the_database() -> None:
    with override_settings(DESIST_COOKIES_TO_ASK_FOR=("sitting", "phone")):
        assert needs_database(request("/", cookie="phone=x"))
        assert not needs_database(request("/", cookie="form=y"))


def test_threads_that_are_all_at_work_and_finish_nothing_are_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    site = Site()
    application = Threads(site, number=1)
    now[0] += 2 * threads.STUCK
    assert not application.stuck()  # nobody asks for anything
    page = threading.Thread(target=ask, args=[application, "/people/"])
    page.start()
    assert site.begun.acquire(timeout=10)
    assert not application.stuck()

    now[0] += 2 * threads.STUCK

    assert application.stuck()
    site.may_go_on.set()
    page.join(10)
    assert not application.stuck()
