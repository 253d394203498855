"""Behind a proxy that ends TLS, a script's request is taken from the site's own origin and from no other."""

import runpy

import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests.ui.conftest import KITCHEN

ZONES = ("programme", "partnership", "advocacy", "commission")


@pytest.fixture(params=ZONES)
def origins(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a zone's settings trust where the site answers to two names of its own."""
    monkeypatch.setenv("DESIST_HOSTS", "northmere.example, www.northmere.example")
    found: list[str] = runpy.run_module(f"desist.zones.{request.param}")["CSRF_TRUSTED_ORIGINS"]
    return found


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://northmere.example", 422),
        ("https://www.northmere.example", 422),
        ("https://elsewhere.example", 403),
        ("https://northmere.example.elsewhere.example", 403),
        ("https://northmere.example:8443", 403),
    ],
)
def test_a_script_may_post_from_the_sites_own_names_alone(
    origins: list[str], origin: str, status: int
) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Host": "northmere.example"})
    with override_settings(**KITCHEN, CSRF_TRUSTED_ORIGINS=origins):
        client.get("/ask/")
        token = client.cookies[settings.CSRF_COOKIE_NAME].value
        told = {"Origin": origin, "Sec-Fetch-Site": "same-origin", "X-CSRFToken": token}

        response = client.post("/ask/", {"notes": "by a script"}, headers=told)

    assert response.status_code == status


@pytest.mark.parametrize("zone", ZONES)
def test_on_the_own_machine_nothing_comes_by_tls(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESIST_HOSTS", raising=False)

    assert runpy.run_module(f"desist.zones.{zone}")["CSRF_TRUSTED_ORIGINS"] == []
