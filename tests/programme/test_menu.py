"""The menu of the programme zone."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.test import Client
from tests import menus
from tests.programme import factories

from desist.programme.navigation import MENU
from desist.programme.sessions.models import Session
from desist.sites import Zone
from desist.wall import places
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> Any:
    return lxml.html.document_fromstring(client.get(address).content.decode())


def waiting(client: Client, place: str) -> str:
    """Return what the menu says beside a place."""
    found = page(client, "/account/service/").xpath(
        f"//nav[@aria-label='Menu']//a[starts-with(normalize-space(), '{place}')]"
    )
    return " ".join(found[0].text_content().split()).removeprefix(place).strip()


@pytest.mark.usefixtures("own_keys")
def test_each_place_of_the_menu_opens_under_the_name_that_the_menu_gives_it() -> None:
    assert menus.disagreeing(Zone.PROGRAMME) == []


def test_the_menu_counts_what_waits_within_what_the_actor_may_see(
    signed_in: Callable[..., Client], session: Session
) -> None:
    factories.concern(session=session)
    factories.concern(
        session=session,
        raised_at=factories.NOW + timedelta(minutes=1),
        closed_at=factories.NOW,
        closed_by="carol",
        outcome="acted",
        closing_words="Done",
        untaken_reason="Rang",
    )
    factories.concern(referral=factories.referral())
    practitioner, manager = signed_in(), signed_in(role=Role.MANAGER)

    assert waiting(practitioner, "Concerns") == "1 waiting"
    assert waiting(manager, "Concerns") == "2 waiting"
    assert waiting(practitioner, "People") == ""


def test_a_menu_counts_no_further_than_it_tells(signed_in: Callable[..., Client]) -> None:
    client = signed_in(role=Role.MANAGER)
    for _ in range(places.COUNTED - 2):
        factories.referral()
    factories.episode(referral=factories.referral(), state="waiting")
    assert waiting(client, "Triage") == "99 waiting"

    for _ in range(7):
        factories.referral()

    assert waiting(client, "Triage") == "99+ waiting"
    manager = Actor("morgan", Role.MANAGER, factories.AREA, uuid.uuid4())
    counted = {one.text: one.waiting for one in places.navigation(manager, MENU).entries}
    # of the undecided no more than that, and the one without a practitioner
    assert counted["Triage"] == places.COUNTED + 1


def test_a_place_behind_service_counts_there_and_marks_service_as_where_one_is(
    signed_in: Callable[..., Client],
) -> None:
    client = signed_in(role=Role.MANAGER)
    factories.alert(case=factories.referral().ref)

    assert waiting(client, "Service") == "1 waiting"
    assert "Alerts 1 waiting" in " ".join(
        page(client, "/account/service/").find(".//main").text_content().split()
    )
    current = page(client, "/alerts/").xpath("//nav[@aria-label='Menu']//a[@aria-current]")
    assert [one.text_content().split()[0] for one in current] == ["Service"]
