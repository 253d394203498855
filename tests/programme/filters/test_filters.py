"""Filters of long lists: the list is narrowed, and one keeps a filter for oneself under a name."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.filters.models import KeptFilter
from desist.programme.practitioners.models import Practitioner
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def noor(episode: Episode) -> Practitioner:
    """A second practitioner with a person who has just been allocated."""
    row = factories.practitioner(account=factories.account(name="Noor Hale"))
    factories.episode(referral=factories.referral(family_name="Birch"), practitioner=row, state="allocated")
    return row


def keep(client: Client, *, name: str = "Noor’s people", **said: str) -> str:
    form = {"of": "people", "name": name, "query": "stage=allocated", **said}
    return text(client.post("/filters/keep/", form, follow=True))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("stage=allocated", {"Birch"}),
        ("stage=in_sessions", {"Example"}),
        ("practitioner={noor}", {"Birch"}),
        ("practitioner={noor}&stage=in_sessions", set()),
        ("stage=left", {"Birch", "Example"}),
        ("filter=yes", {"Birch", "Example"}),
    ],
)
def test_people_are_filtered_by_stage_and_practitioner(
    manager: Client, noor: Practitioner, asked: str, shown: set[str]
) -> None:
    page = text(manager.get("/episodes/?" + asked.format(noor=noor.ref)))

    assert {name for name in ("Birch", "Example") if f"Robin {name}" in page} == shown


def test_the_pages_of_a_filtered_list_go_on_where_the_last_one_ended(
    manager: Client, noor: Practitioner
) -> None:
    for number in range(31):
        referral = factories.referral(family_name=f"Name{number:02}")
        factories.episode(referral=referral, practitioner=noor, state="allocated")

    first = manager.get("/episodes/?stage=allocated").content.decode()
    after = first.split("after=")[-1].split('"')[0].split("&")[0]
    second = text(manager.get(f"/episodes/?stage=allocated&after={after}"))

    assert "Robin Name28" in first
    assert "Robin Name29" in second
    assert "Robin Name28" not in second
    assert "Robin Example" not in second


def test_a_practitioner_filters_their_own_people_alone(kit_browser: Client, noor: Practitioner) -> None:
    page = kit_browser.get(f"/episodes/?practitioner={noor.ref}").content.decode()

    assert "Robin Birch" not in page
    assert "Noor Hale" not in page


def test_a_filter_is_kept_under_a_name_for_oneself_and_holds_no_typed_word(
    manager: Client, noor: Practitioner
) -> None:
    page = keep(manager, query="stage=allocated&search=Robin&practitioner=" + noor.ref)
    other = staff.browser(account=staff.account(name="Carol Penhale"), role=Role.MANAGER)

    assert "The filter “Noor’s people” is kept." in page
    assert KeptFilter.objects.get().query == f"stage=allocated&practitioner={noor.ref}"
    assert "Noor’s people" in text(manager.get("/episodes/?filter=yes"))
    assert "Noor’s people" not in text(other.get("/episodes/?filter=yes"))
    assert other.post(f"/filters/{KeptFilter.objects.get().ref}/remove/").status_code == 404


def test_the_same_name_keeps_the_newer_filter_and_a_kept_one_can_be_removed(manager: Client) -> None:
    keep(manager)
    keep(manager, query="stage=in_sessions")
    kept = KeptFilter.objects.get()

    page = text(manager.post(f"/filters/{kept.ref}/remove/", follow=True))

    assert kept.query == "stage=in_sessions"
    assert "The filter is removed" in page
    assert not KeptFilter.objects.exists()


def test_bad_input_is_answered_in_a_sentence(manager: Client) -> None:
    for number in range(12):
        keep(manager, name=f"Filter {number}")

    assert "You keep 12 filters of this list already" in keep(manager, name="One more").replace(
        "you keep", "You keep"
    )
    assert "Not kept: give the filter a name" in keep(manager, name="")
    assert "Not kept: give the filter a name" in keep(manager, of="nonsense")
    assert KeptFilter.objects.count() == 12
