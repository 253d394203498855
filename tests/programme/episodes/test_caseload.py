"""The caseload: those who are on the programme now, in order of name, a page at a time."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


def person(family_name: str, **fields: Any) -> Episode:
    return factories.episode(referral=factories.referral(family_name=family_name), **fields)


def names(client: Client, address: str = "/episodes/") -> list[str]:
    page = text(client.get(address))
    return [word for word in page.split() if word.startswith("Name")]


def refs(page: str) -> list[str]:
    return re.findall('href="/episodes/([a-z0-9]+)/"', page)


def further(page: str) -> str:
    """Where the next page is; "" on the last."""
    found = re.search(r'href="(\?after=[a-z0-9]+)"', page)
    return f"/episodes/{found[1]}" if found else ""


def test_pages_follow_each_other_in_order_of_name_without_a_gap_or_a_double(manager: Client) -> None:
    wanted = [f"Name{number:02}" for number in range(70)]
    for name in reversed(wanted):
        person(name)

    seen, address = [], "/episodes/"
    while address:
        seen += names(manager, address)
        address = further(manager.get(address).content.decode())

    assert seen == wanted


def test_people_of_the_same_name_stand_once_each_across_pages(manager: Client) -> None:
    everybody = {person("Name").ref for _ in range(35)}

    first = manager.get("/episodes/").content.decode()
    second = manager.get(further(first)).content.decode()

    assert [len(refs(first)), len(refs(second)), further(second)] == [30, 5, ""]
    assert {*refs(first), *refs(second)} == everybody


def test_a_page_after_somebody_who_is_not_there_is_the_first(manager: Client) -> None:
    person("Name01")

    assert names(manager, "/episodes/?after=nobody") == ["Name01"]


def test_whoever_has_left_or_completed_is_no_longer_in_the_caseload(manager: Client) -> None:
    person("Name01")
    person("Name02", state="left", ended_at=factories.NOW)
    person("Name03", state="completed", ended_at=factories.NOW)

    assert names(manager) == ["Name01"]


def test_a_line_says_how_far_the_person_is(
    manager: Client, episode: Episode, practitioner: Practitioner
) -> None:
    factories.attended(episode=episode, number=1)
    planned = factories.session(episode=episode, number=2)
    factories.concern(session=planned)

    page = text(manager.get("/episodes/"))

    assert "Open concern" in page
    assert "In sessions Kit Marlow : their people ✓○ 1 of 12 Tuesday 10 March 2026, 2:30pm" in page


def test_a_person_who_waits_is_shown_with_the_clock(manager: Client) -> None:
    person("Name01", state="waiting")

    assert "Waiting for a practitioner, day " in text(manager.get("/episodes/"))


def test_the_list_shows_one_stage_one_practitioner_and_those_who_left(manager: Client) -> None:
    ashby = factories.practitioner(account=factories.account(name="Ashby Quillon"))
    tamsin = factories.practitioner(account=factories.account(name="Tamsin Orlebury"))
    person("NameHeld", practitioner=ashby, state="in_sessions")
    person("NameNew", practitioner=tamsin, state="allocated")
    factories.ended(episode=person("NameGone", practitioner=ashby), state="left")

    assert names(manager, "/episodes/?stage=in_sessions") == ["NameHeld"]
    assert names(manager, "/episodes/?stage=gone") == ["NameGone"]
    assert names(manager, f"/episodes/?practitioner={tamsin.ref}") == ["NameNew"]
    assert names(manager, "/episodes/?stage=nonsense") == ["NameHeld", "NameNew"]
    assert names(manager, "/episodes/?stage=waiting") == []


def test_a_practitioners_filters_show_none_but_their_own_people(
    signed_in: Callable[..., Client], practitioner: Practitioner
) -> None:
    other = factories.practitioner(account=factories.account(name="Ashby Quillon"))
    person("NameOwn", practitioner=practitioner)
    person("NameOther", practitioner=other)
    factories.ended(episode=person("NameGone", practitioner=other), state="left")
    own = signed_in()

    assert names(own, f"/episodes/?practitioner={other.ref}") == []
    assert names(own, "/episodes/?stage=gone") == []
    assert names(own, "/episodes/?sort=next") == ["NameOwn"]


def test_the_list_is_sorted_by_the_next_session_with_a_mark_for_each(
    manager: Client, practitioner: Practitioner
) -> None:
    for name, weeks in (("NameA", 9), ("NameB", 5), ("NameC", 0)):
        row = person(name, practitioner=practitioner)
        if weeks:
            factories.missed(episode=row, number=weeks - 2)
            factories.attended(episode=row, number=weeks - 1)
            factories.session(episode=row, number=weeks)

    assert names(manager, "/episodes/?sort=next") == ["NameB", "NameA", "NameC"]
    assert names(manager, "/episodes/?sort=-next") == ["NameA", "NameB", "NameC"]
    assert "✕✓○" in manager.get("/episodes/").content.decode()


def test_filtered_pages_follow_each_other(manager: Client) -> None:
    for number in range(32):
        person(f"Name{number:02}")

    first = manager.get("/episodes/?sort=name")
    beyond = manager.get("/episodes/?sort=name&after=nonsense")

    assert "?sort=name&amp;after=30" in first.content.decode()
    assert names(manager, "/episodes/?sort=name&after=30") == ["Name30", "Name31"]
    assert refs(first.content.decode()) == refs(beyond.content.decode())
