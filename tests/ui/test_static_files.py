"""A process finds the static files that a newer version put beside its own, and nothing outside of their folder."""

from contextlib import closing
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from desist.ui.static_files import StaticFiles

# An answer that is closed looks after the connections that other tests left open.
pytestmark = pytest.mark.django_db


@pytest.fixture
def served(tmp_path: Path) -> StaticFiles:
    """A process that started before the newer version came."""
    place = tmp_path / "static"
    place.mkdir()
    (place / "old.12345678.css").write_text("old")
    (tmp_path / "secret.css").write_text("secret")
    with override_settings(STATIC_ROOT=str(place), STATIC_URL="/static/", WHITENOISE_AUTOREFRESH=False):
        return StaticFiles(missing)


def missing(request: HttpRequest) -> HttpResponse:
    """Answer what is no file."""
    return HttpResponse(status=404)


def ask(served: StaticFiles, path: str) -> int:
    with closing(served(RequestFactory().get(path))) as response:
        return response.status_code


def test_a_file_that_came_since_is_found_beside_those_of_before(served: StaticFiles, tmp_path: Path) -> None:
    assert ask(served, "/static/new.12345678.css") == 404

    (tmp_path / "static" / "new.12345678.css").write_text("new")

    assert ask(served, "/static/new.12345678.css") == 200
    assert ask(served, "/static/old.12345678.css") == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.css",
        "/static/%2e%2e/secret.css",
        "/static//etc/passwd",
        "/static/\0",
        "/static/",
        "/other.css",
    ],
)
def test_nothing_else_is_found(served: StaticFiles, path: str) -> None:
    assert ask(served, path) == 404
