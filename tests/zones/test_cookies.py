"""Cookies bear their zone's name: on one host, whatever its port, no side is sent the session of another."""

import runpy

import pytest

ZONES = ("programme", "partnership", "advocacy", "commission")
COOKIES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")


def cookies(zone: str) -> list[str]:
    settings = runpy.run_module(f"desist.zones.{zone}")
    return [settings[name] for name in COOKIES]


@pytest.mark.parametrize("zone", ZONES)
def test_a_zones_cookies_bear_its_name(zone: str) -> None:
    assert cookies(zone) == [f"{zone}_session", f"{zone}_csrf"]


def test_no_cookie_is_of_two_zones() -> None:
    named = [name for zone in ZONES for name in cookies(zone)]

    assert len(set(named)) == len(named)
