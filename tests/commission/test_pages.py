"""In a real browser: axe finds nothing on any page of the commission, and every page fits the narrowest phone."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from tests import looking, staff
from tests.commission import factories
from tests.commission.pages import PAGES

from desist.commission.extracts import commands
from desist.commission.extracts.states import Sources, TimeZero
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def nothing(db: None) -> dict[str, str]:
    """No rows: nothing is kept here."""
    return {}


@pytest.fixture
def returns(db: None) -> dict[str, str]:
    """A year of returns, one corrected, one recalled, one of the police and one of advocates, with a question that waits and an answered one."""
    factories.service()
    factories.grant()
    factories.force_table()
    factories.force_table(removed_by="carol", removed_at=factories.AT)
    factories.grant(giver="Area grant", removed_by="carol", removed_at=factories.AT)
    newest = factories.came()
    factories.question(of=newest)
    factories.question(of=newest, answer="A room was shut.", answered_at=factories.AT)
    factories.came(quarter=date(2026, 4, 1))
    ended = {"ended_at": factories.AT}
    before = factories.came(quarter=date(2026, 1, 1), state="replaced", **ended)
    factories.came(quarter=date(2026, 1, 1), number=2, why="late")
    recalled = factories.came(
        quarter=date(2025, 10, 1), state="recalled", ended_why="mistake", figures=[], days=[], **ended
    )
    police = factories.came_from_the_police()
    told = factories.entered(quarter=date(2025, 7, 1))
    left = factories.came_with_outcomes(quarter=date(2025, 4, 1))
    return {
        "newest": newest.ref,
        "replaced": before.ref,
        "recalled": recalled.ref,
        "police": police.ref,
        "told": told.ref,
        "left": left.ref,
        "told_of": "2025-07-01",
        "untold": "2025-10-01",
        "posted": "2026-07-01",
        "service": factories.SERVICE,
        "advocates": factories.came_from_advocates().ref,
    }


@pytest.fixture
def extracts(db: None, settings: Any) -> dict[str, str]:
    """An extract with a study, one that was recalled, and one whose agreement is over."""
    factories.service()
    came = factories.extract(token="token-of-the-extract")
    factories.police_outcomes(of=came)
    factories.police_outcomes(
        of=came,
        people_lines="",
        recorded_lines="",
        order_lines="",
        ended_why="mistake",
        ended_at=factories.AT,
    )
    gone = {"episode_lines": "", "event_lines": "", "ended_at": factories.AT}
    recalled = factories.extract(number=2, state="recalled", ended_why="mistake", **gone)
    lost = factories.study(of=recalled, files="")
    over = factories.extract(number=3, until=date(2026, 1, 31))
    study = commands.make(
        actor=Actor(who="edda", role=Role.EVALUATOR, area=staff.AREA, correlation=uuid.uuid4()),
        ref=came.ref,
        time_zero=TimeZero.ELIGIBLE,
        horizon=365,
        lag_days=30,
        sources=Sources.POLICE,
        submission="once",
        at=factories.AT,
    )
    return {"came": came.ref, "recalled": recalled.ref, "over": over.ref, "study": study, "lost": lost.ref}


@pytest.mark.parametrize(("rows", "role"), looking.stands(PAGES))
def test_every_page_is_accessible_and_fits_a_phone(
    request: pytest.FixtureRequest, browsing: Callable[..., BrowserContext], rows: str, role: Role
) -> None:
    made = request.getfixturevalue(rows)
    client = staff.browser(account=staff.account(), role=role)
    page = browsing(client=client, viewport=looking.PHONE).new_page()

    assert looking.complaints(page, PAGES[rows][role], made) == []
