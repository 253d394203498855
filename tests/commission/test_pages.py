"""In a real browser: axe finds nothing on any page of the commission, and every page fits the narrowest phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from tests import looking, staff
from tests.commission.pages import PAGES

from desist.wall.actors import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def nothing(db: None) -> dict[str, str]:
    """No rows: nothing is kept here."""
    return {}


@pytest.mark.parametrize(("rows", "role"), looking.stands(PAGES))
def test_every_page_is_accessible_and_fits_a_phone(
    request: pytest.FixtureRequest, browsing: Callable[..., BrowserContext], rows: str, role: Role
) -> None:
    made = request.getfixturevalue(rows)
    client = staff.browser(account=staff.account(), role=role)
    page = browsing(client=client, viewport=looking.PHONE).new_page()

    assert looking.complaints(page, PAGES[rows][role], made) == []
