"""Serves the kitchen sink from a thread and gives a browser to look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from tests import looking

from desist.ui import settings as ui

#: the smallest zone there could be: no database, no accounts, one urls module
KITCHEN = {
    "MIDDLEWARE": [
        *ui.MIDDLEWARE_FIRST,
        "django.contrib.sessions.middleware.SessionMiddleware",
        "desist.ui.csrf.CsrfMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "tests.ui.views.at_a_fixed_moment",
    ],
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "TEMPLATES": ui.templates(Path(__file__).parent / "templates"),
    "STORAGES": {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    "ROOT_URLCONF": "tests.ui.urls",
    "DESIST_ZONE": "programme",
    "DESIST_SITE_NAME": "Northmere service",
    "DESIST_NAVIGATION": "tests.ui.views.navigation",
    "DEFAULT_FROM_EMAIL": "no-reply@example.org",
}


@pytest.fixture(scope="module", autouse=True)
def _kitchen(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every file here sees the kitchen sink, whose templates are compiled once for it.

    In a browser it sees its static files as well, from where they are written.
    """
    in_browser = request.node.get_closest_marker("browser") is not None
    with override_settings(**KITCHEN, WHITENOISE_USE_FINDERS=in_browser):
        yield


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of the kitchen sink, at which the browser's pages begin."""
    with looking.served() as served:
        yield served


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, object]:
    """Where pages begin: set here, because the plugin remembers the address of the first folder that asked."""
    return {"base_url": base_url}
