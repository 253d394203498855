"""In the menu of every role each place is listed once, under a name of its own, and six at most side by side."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from django.test import override_settings
from django.utils.module_loading import import_string

from desist.sites import Zone
from desist.wall import places, policy
from desist.wall.actors import Role, roles_of
from desist.wall.places import MOST, Place
from desist.zones import base

ZONES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION)
EVERYBODY = [(zone, role) for zone in ZONES for role in roles_of(zone)]


def twice(found: Sequence[Place]) -> list[str]:
    """Return names and routes that a menu lists more than once."""
    times = Counter([one.text for one in found]) + Counter([one.route for one in found])
    return [name for name, number in times.items() if number > 1]


def unexplained(found: Sequence[Place]) -> list[str]:
    """Return places behind "Service" that no sentence explains."""
    return [one.text for one in found if not one.about]


@contextmanager
def serving(zone: Zone) -> Iterator[None]:
    """Let the policy tables be those of a zone."""
    with override_settings(DESIST_POLICIES=base.policies(zone)):
        policy.forget()
        yield
    policy.forget()


@pytest.mark.parametrize(("zone", "role"), EVERYBODY)
def test_a_menu_lists_each_place_once_and_has_six_entries_at_most(zone: Zone, role: Role) -> None:
    module = f"desist.{zone}.navigation"
    with serving(zone):
        entries, rest = places.arranged(role, import_string(f"{module}.MENU"))
    behind = [one for _, held in rest for one in held]
    own = getattr(import_string(module), "OWN", ())

    assert len(entries) + bool(behind) <= MOST
    assert twice([*entries, *behind, *own]) == []
    assert unexplained(behind) == []


def test_a_place_that_stands_twice_and_one_without_a_sentence_are_found() -> None:
    found = [
        Place("Alerts", "alerts:alerts"),
        Place("Post", "post:envelopes", "Why"),
        Place("Alerts", "alerts:alerts"),
    ]

    assert twice(found) == ["Alerts", "alerts:alerts"]
    assert unexplained(found) == ["Alerts", "Alerts"]
