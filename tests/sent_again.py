"""Every form that a view test sends arrives once more, as after a double click: nothing may be done twice.

The second one is answered by a browser of its own with the same cookies, is compared, and is taken back, so that the
test goes on as if it had not been. Each kind of form (its route and the names of its fields) is sent again once a run.
"""

import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from desist.ui import errors, forms

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
#: what records that a person looked, tried or was here, and nothing of what they did
ASIDE = (
    "wall_audit",
    "accounts_browsersession",
    "accounts_accountalert",
    "accounts_attempt",
    "accounts_challenge",
    "advocacy_reveal",
)
#: route -> a table that may have one row more, and why
EACH_TIME = {
    "letters:print-out": ("advocacy_letterevent", "a letter may be printed again, and says when it was last"),
}
#: route -> why it leads elsewhere the second time
ELSEWHERE = {
    "accounts:sign-out": "to the sign-in page as well, which knows where it was",
    "reports:start": "to the report that the first one began, which may be in review by then",
}
#: how a second form is answered that does not lead on: the page says what happened
REFUSED = (409, 422)

#: how Django's own client sends
send = Client.request

_numbers = itertools.count(1)
_known: set[tuple[str, frozenset[str]]] = set()


class DoneTwice(AssertionError):
    """A form that was sent twice was done twice, or its second answer helps nobody."""


@contextmanager
def sending_again(known: set[tuple[str, frozenset[str]]] = _known) -> Iterator[None]:
    """Within the block every form that a signed-in person sends, and that is taken, is sent again."""

    def request(self: Client, **environ: Any) -> Any:
        is_form = str(environ.get("CONTENT_TYPE", "")).startswith(FORMS)
        # Only what a test would take back anyhow: what is really committed stays as it is.
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
    """Within the block a form without a submission gets the one of its number: both times the same, as where it is drawn."""
    counted = itertools.count(1)
    drawn = SimpleNamespace(token_urlsafe=lambda _: f"test-{number}-{next(counted)}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "secrets", drawn)
        yield


def _is_new(answer: Any, known: set[tuple[str, frozenset[str]]]) -> bool:
    """Whether it is a form that was taken, of a kind that was not sent again before."""
    request = answer.wsgi_request
    if answer.status_code >= 400 or getattr(request, "actor", None) is None:
        return False
    kind = (request.resolver_match.view_name, frozenset(request.POST) | frozenset(request.FILES))
    new = kind not in known
    known.add(kind)
    return new


@contextmanager
def _taken_back() -> Iterator[None]:
    """What the block does leaves nothing, neither rows nor mail."""
    mails = len(getattr(mail, "outbox", ()))
    counts = connection.force_debug_cursor
    connection.force_debug_cursor = False  # what is asked here is no statement of the test
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
    """2 where it is a page, 3 where it leads on."""
    return int(answer.status_code) // 100


def _counted() -> dict[str, int]:
    """How many rows each table has, and how many messages were sent."""
    with connection.cursor() as cursor:
        names = [one for one in connection.introspection.table_names(cursor) if not one.startswith(ASIDE)]
        cursor.execute(" UNION ALL ".join(f"SELECT '{one}', count(*) FROM {one}" for one in names))
        return {**dict(cursor.fetchall()), "messages": len(mail.outbox)}
