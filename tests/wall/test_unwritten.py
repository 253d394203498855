"""Which views run once more where no event can be written, and that none shows anything without an event."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from psycopg.errors import DiskFull, InsufficientPrivilege, LockNotAvailable, ReadOnlySqlTransaction
from pytest_django.fixtures import Settings

from desist.keys import keyfile
from desist.programme.risk.policy import Action
from desist.wall import audit, journal, unwritten
from desist.wall.actors import Actor, Role

SITE = "northmere-programme"
KIT = Actor(who="kit", role=Role.PRACTITIONER, area="northmere", correlation=uuid.UUID(int=7))
AT = datetime(2026, 3, 3, 14, 31, tzinfo=UTC)

View = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with its keys and its journal."""
    settings.DESIST_SITE = SITE
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site=SITE, on=date(2026, 1, 1))
    folder = tmp_path / "journal" / SITE
    journal.reserve(folder)
    return folder


def failure(cause: Exception | None) -> DatabaseError:
    """What Django raises for an error of PostgreSQL."""
    raised = OperationalError("the sentence of the database")
    raised.__cause__ = cause
    return raised


def looking(request: HttpRequest) -> HttpResponse:
    audit.record(audit.Entry(KIT, Action.SEE_RISK, "programme.episode:k7f2m9", AT), allowed=True)
    return HttpResponse("the page")


def changing(request: HttpRequest) -> HttpResponse:
    audit.record(audit.Entry(KIT, Action.RECORD_RISK, "programme.episode:k7f2m9", AT), allowed=True)
    return HttpResponse("the page")


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the page")


def failing(request: HttpRequest) -> HttpResponse:
    raise failure(ReadOnlySqlTransaction())


def answer(
    view: View = looking, *, route: str | None = "risk:risk", cause: Any = None, method: str = "GET"
) -> str | None:
    request = RequestFactory().generic(method, "/")
    matched = SimpleNamespace(view_name=route, func=view, args=(), kwargs={})
    request.resolver_match = matched if route else None  # type: ignore[assignment]  # as Django sets it
    found = unwritten.answer(request, failure(cause or ReadOnlySqlTransaction()))
    return found.content.decode() if found else None


@pytest.mark.parametrize("cause", [ReadOnlySqlTransaction(), DiskFull()])
def test_a_named_look_is_answered(cause: Exception) -> None:
    assert answer(cause=cause) == "the page"


@pytest.mark.parametrize(
    "refused",
    [
        {"view": changing},
        {"view": silent},
        {"view": failing},
        {"route": "risk:record"},
        {"route": None},
        {"method": "POST"},
        {"cause": LockNotAvailable()},
        {"cause": InsufficientPrivilege()},
        {"cause": ValueError("no error of PostgreSQL")},
    ],
)
def test_nothing_else_is(refused: dict[str, Any]) -> None:
    assert answer(**refused) is None


def test_a_fault_of_another_kind_is_none_of_the_databases() -> None:
    assert not unwritten.is_unwritable(ValueError())


def test_a_look_whose_event_cannot_be_kept_is_not_shown(folder: Path) -> None:
    (folder / journal.NAME).unlink()

    assert answer() is None
