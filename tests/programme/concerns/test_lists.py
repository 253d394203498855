"""The list of concerns is filtered, sorted and paged, and holds what the actor may see alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.concerns.models import Concern
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NAMES = ("Ashwood", "Birch", "Cole", "Dale")


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


def raised(name: str, days: int, **fields: Any) -> Concern:
    """A concern about a person of that name, raised so many days ago."""
    fields = {"raised_at": factories.NOW - timedelta(days=days), **fields}
    return factories.concern(referral=factories.referral(family_name=name), **fields)


def closed(days: int, outcome: str) -> dict[str, Any]:
    """The fields of a concern that was closed so many days ago."""
    return {
        "acknowledged_at": factories.NOW - timedelta(days=30),
        "outcome": outcome,
        "closing_words": "Done",
        "closed_by": "carol",
        "closed_at": factories.NOW - timedelta(days=days),
    }


@pytest.fixture
def four(db: None) -> None:
    """Ashwood and Dale closed, Birch taken up, Cole waits."""
    raised("Ashwood", 20, **closed(2, "acted"))
    raised("Birch", 4, acknowledged_at=factories.NOW)
    raised("Cole", 9)
    raised("Dale", 1, **closed(3, "mistaken"))


def listed(browser: Client, asked: str) -> list[str]:
    """The names that the list shows, in its order."""
    page = text(browser.get(f"/concerns/{asked}"))
    return sorted((name for name in NAMES if f"Robin {name}" in page), key=page.index)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Cole", "Birch", "Ashwood", "Dale"]),
        ("?sort=standing", ["Dale", "Ashwood", "Birch", "Cole"]),
        ("?sort=person", ["Ashwood", "Birch", "Cole", "Dale"]),
        ("?sort=-raised_at", ["Dale", "Birch", "Cole", "Ashwood"]),
        ("?state=raised", ["Cole"]),
        ("?state=taken_up", ["Birch"]),
        ("?state=closed&sort=-person", ["Dale", "Ashwood"]),
        ("?outcome=acted", ["Ashwood"]),
        ("?outcome=acted&state=raised", []),
        ("?state=left&outcome=1&sort=answer&after=x", ["Cole", "Birch", "Ashwood", "Dale"]),
    ],
)
def test_the_list_is_filtered_and_sorted(manager: Client, four: None, asked: str, shown: list[str]) -> None:
    assert listed(manager, asked) == shown


def test_a_long_list_has_pages_that_go_on_where_the_last_one_ended(manager: Client) -> None:
    for number in range(51):
        raised("Ashwood", number, what=f"Words {number:02}")

    first = manager.get("/concerns/")
    after = first.content.decode().split("after=")[1].split('"')[0]
    second = text(manager.get(f"/concerns/?after={after}"))

    assert ("Words 00" in text(first), "Words 50" in text(first)) == (True, False)
    assert ("Words 00" in second, "Words 50" in second) == (False, True)


def test_a_restricted_case_is_in_no_row_and_in_no_count(manager: Client, four: None) -> None:
    ref = Concern.objects.get(referral__family_name="Cole").referral.ref
    Restriction.objects.create(case=ref, reason="x", made_by="carol", made_at=factories.NOW)

    assert listed(manager, "?sort=person") == ["Ashwood", "Birch", "Dale"]
    assert "Showing 3 concerns" in text(manager.get("/concerns/?sort=person"))
    assert "No concern that you can see matches these filters" in text(manager.get("/concerns/?state=raised"))


def test_a_filter_is_kept(manager: Client, four: None) -> None:
    form = {"of": "concerns", "name": "Waiting", "query": "state=raised&after=x"}

    page = manager.post("/filters/keep/", form, follow=True).content.decode()

    assert 'href="/concerns/?state=raised">Waiting</a>' in page
