"""An advocate opens a colleague's client in an emergency, to read: locators stay masked, and nothing can be done."""

import pytest
from django.test import Client
from tests import staff
from tests.advocacy import factories
from tests.programme.reading import text

from desist.accounts.alerts.models import AccountAlert
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Role
from desist.wall.models import EmergencyAccess

pytestmark = pytest.mark.django_db

PAGE = "/restrictions/emergency/"
REASON = "She rang the desk and is being followed now."


@pytest.fixture
def colleagues(robin: Victim) -> Client:
    """Another advocate's browser, who works with nobody."""
    other = factories.account(name="Ola Reed")
    factories.advocate(account=other)
    return staff.browser(account=other, role=Role.ADVOCATE)


def ask(client: Client, typed: str) -> int:
    return client.post(PAGE, {"case": typed, "reason": REASON}).status_code


def test_a_colleagues_client_opens_to_read_and_is_found_by_clicking(
    colleagues: Client, robin: Victim
) -> None:
    assert colleagues.get(f"/victims/{robin.ref}/").status_code == 404
    assert f'href="{PAGE}"' in colleagues.get("/").content.decode()

    assert ask(colleagues, robin.ref) == 302

    assert "Robin Hollow" in text(colleagues.get(f"/victims/{robin.ref}/"))
    assert AccountAlert.objects.get().kind == "emergency"


def test_nothing_that_leads_to_her_is_shown_and_nothing_can_be_done(
    colleagues: Client, robin: Victim
) -> None:
    ask(colleagues, robin.ref)

    page = colleagues.get(f"/vault/{robin.ref}/")
    locator = factories.locator(victim=robin.ref)
    posts = {
        f"/vault/locators/{locator.ref}/reveal/": {"reason": "danger"},
        f"/contacts/{robin.ref}/begin/": {"channel": "call"},
        f"/victims/{robin.ref}/pause/": {"reason": "asked"},
        f"/incidents/{robin.ref}/record/": {"account": "Changed"},
    }
    assert factories.PHONE not in page.content.decode()
    assert {path: colleagues.post(path, said).status_code for path, said in posts.items()} == dict.fromkeys(
        posts, 404
    )


def test_a_client_of_another_area_and_one_who_does_not_exist_stay_shut_alike(
    colleagues: Client, robin: Victim
) -> None:
    elsewhere = factories.victim(area=staff.ELSEWHERE)

    assert [ask(colleagues, typed) for typed in (elsewhere.ref, "zzzzzzzzzz")] == [422, 422]
    assert list(EmergencyAccess.objects.values_list("case", flat=True)) == ["", ""]
