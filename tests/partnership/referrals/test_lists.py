"""The list of referrals is filtered, sorted and paged."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.partnership import factories

from desist.accounts.models import Account
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

NAMES = ("Ashwood", "Birch", "Cole")


def words(answer: Any) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def listed(browser: Client, asked: str) -> list[str]:
    """The names that the list shows, in its order."""
    answer = browser.get(f"/referrals/{asked}")
    assert answer.status_code == 200
    page = words(answer)
    return sorted((name for name in NAMES if name in page), key=page.index)


@pytest.fixture
def three(kit: Account) -> None:
    """Kit began the draft about Birch; Cole is in sessions."""
    rows: tuple[tuple[Any, str, int, dict[str, Any]], ...] = (
        (factories.referral, "Ashwood", 9, {}),
        (factories.draft, "Birch", 2, {"started_by": kit.ref}),
        (
            factories.referral,
            "Cole",
            5,
            {"state": "accepted", "stage": "in_sessions", "attended": 4, "planned": 8},
        ),
    )
    for made, name, days, fields in rows:
        made(family_name=name, started_at=factories.NOW - timedelta(days=days), **fields)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Birch", "Cole", "Ashwood"]),
        ("?sort=person", ["Ashwood", "Birch", "Cole"]),
        ("?sort=-person&state=accepted", ["Cole"]),
        ("?sort=started_at", ["Ashwood", "Cole", "Birch"]),
        ("?sort=-attended&stage=in_sessions", ["Cole"]),
        ("?whose=mine", ["Birch"]),
        ("?whose=mine&stage=left", []),
        ("?whose=carol&stage=x&state=nonsense&sort=offence&after=x", ["Birch", "Cole", "Ashwood"]),
    ],
)
def test_the_list_is_filtered_and_sorted(officer: Client, three: None, asked: str, shown: list[str]) -> None:
    assert listed(officer, asked) == shown


def test_the_heads_of_columns_keep_the_filters_and_the_filters_keep_the_state_and_the_order(
    officer: Client, three: None
) -> None:
    page = officer.get("/referrals/?state=draft&whose=mine&sort=person").content.decode()

    assert 'aria-sort="ascending"' in page
    assert 'href="?state=draft&amp;whose=mine&amp;sort=-person"' in page
    assert '<input type="hidden" name="state" value="draft">' in page
    assert '<input type="hidden" name="sort" value="person">' in page
    assert 'href="?state=draft&amp;sort=person">Clear all' in page


def test_a_narrowed_list_has_pages(officer: Client) -> None:
    refs = [factories.referral(family_name=f"Name{number:02}", stage="left").ref for number in range(26)]
    factories.referral(family_name="Ashwood")
    address = "/referrals/?stage=left&sort=person"

    first, second = words(officer.get(address)), words(officer.get(f"{address}&after={refs[24]}"))

    assert ("Name24" in first, "Name25" in first) == (True, False)
    assert ("Name24" in second, "Name25" in second) == (False, True)
    assert "Ashwood" not in first + second


def test_a_restricted_case_is_in_no_narrowed_list(officer: Client) -> None:
    ref = factories.referral(family_name="Ashwood", stage="left").ref
    Restriction.objects.create(case=ref, reason="x", made_by="carol", made_at=factories.NOW)

    assert "No referral in your area matches these filters" in words(officer.get("/referrals/?stage=left"))
    assert not listed(officer, f"?sort=person&after={ref}")
