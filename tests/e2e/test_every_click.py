"""Every link and button of every zone that leads to a page is clicked as every role, with JavaScript and without it."""

import functools

import pytest
from playwright.sync_api import expect
from tests import looking
from tests.clicking import Clicks, Key
from tests.e2e.conftest import Area, Windows

from desist.sites import Zone
from tools.leaks import routes
from tools.synthetic.staff import STAFF

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: these would end the walk; signing out is clicked last
UNTOUCHED = frozenset({"accounts:exit", "accounts:sign-out", "accounts:lock"})
#: a paper of a client is fetched by a person who confirmed lately who they are
CONFIRMED = frozenset({"papers:fetch"})


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("zone", routes.ZONES)
def test_every_link_and_button_leads_to_the_page_it_names(
    area: Area, windows: Windows, zone: Zone, scripts: bool
) -> None:
    done: set[Key] = set()
    found: list[str] = []
    people = {person.role: person for person in reversed(STAFF) if person.zone is zone}
    for role, person in people.items():
        page = windows(area, zone, person.name, java_script_enabled=scripts)
        expect(page.get_by_role("navigation", name="Your account")).to_be_visible()
        clicks = Clicks(page, functools.partial(route, zone), done, UNTOUCHED, CONFIRMED, scripts=scripts)

        clicks.everything()

        assert clicks.count or not scripts, f"{role.label} clicked nothing"
        found += [f"{role.label}, {one}" for one in clicks.found]
        looking.own_menu(page, "Sign out")
        expect(page.get_by_role("button", name=person.name)).to_be_visible()
        page.context.close()

    assert found == [], "\n".join(found)


def route(zone: Zone, path: str) -> str:
    return routes.route_of(zone, path)[0]
