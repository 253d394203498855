"""Every form that a view test sends arrives once more, as after a double click: nothing may be done twice.

A browser of its own with the same cookies sends the second form; its answer is compared and its changes are undone, so
that the test goes on as before. Each kind of form (its route and the names of its fields) is sent again once a run.
"""

import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from desist.ui import errors, forms

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
#: tables that record that an account looked, tried or was here, and none of its work
ASIDE = (
    "wall_audit",
    "accounts_browsersession",
    "accounts_accountalert",
    "accounts_attempt",
    "accounts_challenge",
    "advocacy_reveal",
)
#: route -> a table that may have one more row, and why
EACH_TIME = {
    "letters:print-out": ("advocacy_letterevent", "a letter may be printed again, and says when it was last"),
}
#: route -> why it leads elsewhere the second time
ELSEWHERE = {
    "accounts:sign-out": "to the sign-in page as well, which knows where it was",
    "reports:start": "to the report that the first one began, which may be in review by then",
}
#: statuses of a second answer that does not lead on: the page says what happened
REFUSED = (409, 422)

#: how Django's own client sends a form
send = Client.request

_numbers = itertools.count(1)
_known: set[tuple[str, frozenset[str]]] = set()


class DoneTwice(AssertionError):
    """The site acted twice on a form that was sent twice, or its second answer does not help the user."""


@contextmanager
def sending_again(known: set[tuple[str, frozenset[str]]] = _known) -> Iterator[None]:
    """Send again, within the block, every form that a signed-in person sends and that the site takes."""

    def request(self: Client, **environ: Any) -> Any:
        is_form = str(environ.get("CONTENT_TYPE", "")).startswith(FORMS)
        # Only what a test would take back anyhow: rows that are really committed stay.
        if environ.get("REQUEST_METHOD") != "POST" or not is_form or not connection.in_atomic_block:
            return send(self, **environ)
        number, body = next(_numbers), environ["wsgi.input"].read()
        with _drawn(number):
            answer = send(self, **{**environ, "wsgi.input": io.BytesIO(body)})
        if _is_new(answer, known):
            with _taken_back(), _drawn(number):
                _compare(self, environ, body, answer)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield


@contextmanager
def _drawn(number: int) -> Iterator[None]:
    """Give each form in the block that lacks a submission one by its number: the same both times."""
    counted = itertools.count(1)
    drawn = SimpleNamespace(token_urlsafe=lambda _: f"test-{number}-{next(counted)}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "secrets", drawn)
        yield


def _is_new(answer: Any, known: set[tuple[str, frozenset[str]]]) -> bool:
    """Return whether the site took the form, and no form of its kind was sent again before."""
    request = answer.wsgi_request
    if answer.status_code >= 400 or getattr(request, "actor", None) is None:
        return False
    kind = (request.resolver_match.view_name, frozenset(request.POST) | frozenset(request.FILES))
    new = kind not in known
    known.add(kind)
    return new


@contextmanager
def _taken_back() -> Iterator[None]:
    """Undo what the block does, in rows and in mail."""
    mails = len(getattr(mail, "outbox", ()))
    counts = connection.force_debug_cursor
    connection.force_debug_cursor = False  # queries here are no statements of the test
    point = str(connection.savepoint())
    try:
        yield
    finally:
        connection.savepoint_rollback(point)
        connection.force_debug_cursor = counts
        del mail.outbox[mails:]


def _compare(browser: Client, sent: Any, body: bytes, answer: Any) -> None:
    route = answer.wsgi_request.resolver_match.view_name
    same = Client()
    same.defaults.update(browser.defaults)
    same.cookies.update(browser.cookies)
    before = _counted()
    second = send(same, **{**sent, "wsgi.input": io.BytesIO(body)})
    allowed = EACH_TIME.get(route, ("", ""))[0]
    grown = {
        name: number - before[name]
        for name, number in _counted().items()
        if number != before[name] and name != allowed
    }
    if grown:
        raise DoneTwice(f"{route}, sent twice, is done twice: {grown}")
    if second.status_code in REFUSED or errors.NOTHING_LEFT.sentences[1].encode() in second.content:
        return
    if route in ELSEWHERE and second.status_code == answer.status_code:
        return
    if (_kind(second), second.get("Location")) != (_kind(answer), answer.get("Location")):
        raise DoneTwice(
            f"{route} led to {answer.status_code} {answer.get('Location', '')}, "
            f"and sent again to {second.status_code} {second.get('Location', '')}"
        )


def _kind(answer: Any) -> int:
    """Return 2 where the answer is a page, 3 where it leads on."""
    return int(answer.status_code) // 100


def _counted() -> dict[str, int]:
    """Return how many rows each table has, and how many messages were sent."""
    with connection.cursor() as cursor:
        cursor.execute(_counts(connection.settings_dict["NAME"]))
        return {**dict(cursor.fetchall()), "messages": len(mail.outbox)}


@cache
def _counts(database: str) -> str:
    """Return the statement that counts the rows of each table of a database, which the server plans once."""
    del database
    with connection.cursor() as cursor:
        names = [one for one in connection.introspection.table_names(cursor) if not one.startswith(ASIDE)]
    return " UNION ALL ".join(f"SELECT '{one}', count(*) FROM {one}" for one in names)
