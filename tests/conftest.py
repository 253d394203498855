"""Real PostgreSQL for every test: the owner login makes it, the app login uses it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import clock, database, waiting

#: whether a test failed
FAILED = pytest.StashKey[bool]()

# pytest-playwright keeps an event loop in the thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Note whether a test failed, for the fixtures that report more then."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a database, and the rules over the whole code."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"server", "db", "committed"}:
            item.add_marker("database")
        if {"rules", "reference"} & set(item.path.parts):
            item.add_marker("rule")


@pytest.fixture(scope="session")
def server(django_test_environment: None, django_db_blocker: Any) -> Iterator[Any]:
    """Serve a throwaway server with the tests' logins and the migrated database."""
    if database.KEPT:
        waiting.watching(database.KEPT[0])
        yield database.KEPT[0]
        return
    with django_db_blocker.unblock():
        database.make()
    with database.served() as cluster:
        waiting.watching(cluster)
        database.connected(cluster)
        yield cluster


@pytest.fixture
def morning() -> Iterator[None]:
    """Make it eleven on the tests' day, whatever the hour: for tests of what lies ahead on the day itself."""
    with clock.in_the_morning():
        yield


@pytest.fixture(scope="session")
def django_db_setup(server: Any) -> None:
    """Provide the migrated database, and the app login's connection to it."""


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any, server: Any) -> Iterator[Any]:
    """Provide a copy of the migrated database for the few tests that need real commits."""
    from django.db import connections

    connection = connections["default"]
    settings = connection.settings_dict
    migrated = settings["NAME"]
    connection.close()
    with database.copied(server, "copy") as copy:
        settings["NAME"] = copy
        try:
            with django_db_blocker.unblock():
                yield connection
        finally:
            connection.close()
            settings["NAME"] = migrated


ZONES = ("programme", "partnership", "advocacy", "commission")


@pytest.fixture(scope="module", autouse=True)
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Set the addresses of the file's zone: a test under tests/ZONE/ sees only those."""
    from django.test import override_settings

    from desist.sites import Zone
    from desist.wall import policy
    from desist.zones import base

    for name in ZONES:
        if f"tests/{name}/" in str(request.path):
            with override_settings(
                ROOT_URLCONF=f"desist.zones.{name}_urls",
                DESIST_ZONE=name,
                DESIST_NAVIGATION=f"desist.{name}.navigation.navigation",
                DESIST_POLICIES=base.policies(Zone(name)),
                DESIST_OWN_CASES=base.OWN_CASES.get(Zone(name), ""),
            ):
                policy.forget()
                yield
            policy.forget()
            return
    yield


@pytest.fixture(autouse=True)
def every_form_sent_again() -> Iterator[None]:
    """Send each form of a test twice, and require that it is done once (tests/sent_again.py)."""
    from tests.sent_again import sending_again

    if database.KEPT:  # on every day (tests/every_day.py) once is enough
        yield
        return
    with sending_again():
        yield


@pytest.fixture
def address(db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The address of the zone, served from a thread. The module's `db` is `committed`: the server uses own threads."""
    from tests import looking

    settings.WHITENOISE_USE_FINDERS = True  # static files from where they are written
    settings.STATIC_ROOT = str(tmp_path)
    with looking.served() as served:
        yield served


@pytest.fixture
def browsing(
    browser: Any, address: str, settings: Any, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Any]]:
    """Make windows in which the account of `client` is signed in; after a failure the report shows their contents."""

    opened = []

    def browsing(*, client: Any, **wishes: Any) -> Any:
        context = browser.new_context(base_url=address, **wishes)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
        opened.append(context)
        return context

    yield browsing
    for context in opened:
        if request.node.stash.get(FAILED, False):
            for _page in context.pages:
                pass
        context.close()
