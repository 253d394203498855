"""Addresses by the names of their routes: what Django would say, found once."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from desist.ui.addresses import url


@pytest.fixture(autouse=True)
def programme() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="desist.zones.programme_urls"):
        yield


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("episodes:episodes", {}),
        ("episodes:episode", {"ref": "k7f2m9px4c"}),
        ("chains:change", {"ref": "k7f2m9px4c", "link": "a9"}),
        ("diary:day", {"ref": "k7f2m9px4c", "day": date(2026, 3, 3)}),
        ("accounts:person", {"ref": "has space & more/"}),
        ("accounts:person", {"ref": "{ref}"}),
    ],
)
def test_an_address_is_what_django_would_say(name: str, parts: dict[str, object]) -> None:
    for _ in range(2):
        try:
            wanted = reverse(name, kwargs=parts)
        except NoReverseMatch:
            with pytest.raises(NoReverseMatch):
                url(name, **parts)
        else:
            assert url(name, **parts) == wanted


def test_a_route_of_no_name_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        url("episodes:nothing")


def test_a_zone_with_other_addresses_has_its_own() -> None:
    assert url("home:home") == "/"
    with override_settings(ROOT_URLCONF="desist.zones.advocacy_urls"):
        assert url("victims:victim", ref="k7f2m9px4c") == reverse("victims:victim", args=["k7f2m9px4c"])
        with pytest.raises(NoReverseMatch):
            url("episodes:episodes")
