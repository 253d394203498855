"""Cookies bear their zone's name: on one host, whatever its port, no side is sent the session of another."""

import runpy

import pytest

ZONES = ("programme", "partnership", "advocacy", "commission")
COOKIES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DESIST_DEVICE_COOKIE")


def cookies(zone: str) -> list[str]:
    settings = runpy.run_module(f"desist.zones.{zone}")
    return [settings[name] for name in COOKIES]


@pytest.mark.parametrize("zone", ZONES)
def test_a_zones_cookies_bear_its_name(zone: str) -> None:
    assert cookies(zone) == [f"{zone}_{what}" for what in ("session", "csrf", "device")]


@pytest.mark.parametrize("zone", ZONES)
def test_behind_tls_nobody_else_can_plant_a_zones_cookies(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_HOSTS", "northmere.example")

    assert cookies(zone) == [f"__Host-{zone}_{what}" for what in ("session", "csrf", "device")]


def test_no_cookie_is_of_two_zones() -> None:
    named = [name for zone in ZONES for name in cookies(zone)]

    assert len(set(named)) == len(named)
