"""A client's first page is one screen of a laptop; how to reach them and the next step stand in the first of a phone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, ViewportSize
from tests import looking
from tests.advocacy import factories

from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.states import Channel, Outcome
from desist.advocacy.incidents.models import Incident
from desist.advocacy.orders.models import ClientOrder
from desist.advocacy.orders.texts import CONDITIONS, Words
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.texts import Plan
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor

pytestmark = pytest.mark.browser

LAPTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
HEIGHT = "document.documentElement.scrollHeight"
BOTTOM = "(name) => Math.round(document.querySelector(name).getBoundingClientRect().bottom)"
CONDITIONS_SAID = [
    "Not to contact the protected person, directly or through anyone else",
    "Not to go within 100 metres of where they live or work",
    "Not to publish anything about them, or ask anyone else to",
    "To tell the police of every device and account in use",
]


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def full(actor: Actor, client_of_fable: Victim) -> Victim:
    """A client of some weeks, with an order in force, incidents, a plan, news to tell and a question of the police."""
    ref, now = client_of_fable.ref, timezone.now()
    today = now.date()
    Victim.objects.filter(ref=ref).update(
        relationship="ex_partner",
        behaviours=["following", "contacting", "loitering"],
        crime_reference="45/1234/26",
    )
    call = contacts.begin(actor=actor, ref=ref, channel=Channel.CALL, submission="one", at=now)
    next_on = today + timedelta(days=2)
    contacts.finish(
        actor=actor,
        attempt=call,
        outcome=Outcome.REACHED,
        note="",
        next_on=next_on,
        at=now + timedelta(minutes=9),
    )
    order, box = factories.order(victim=ref), vault.box(person=ref)
    words = boxes.lock(box, CONDITIONS, order.ref, Words(CONDITIONS_SAID))
    ends_on = today + timedelta(days=700)
    ClientOrder.objects.filter(pk=order.pk).update(words=words, ends_on=ends_on)
    for ago in range(6):
        row = factories.incident(victim=ref)
        happened_on = today - timedelta(days=ago)
        Incident.objects.filter(pk=row.pk).update(
            happened_on=happened_on, behaviours=["following", "contacting"]
        )
    safety.save_plan(
        actor=actor, ref=ref, plan=Plan(now="Rings a neighbour"), review_on=today, version=0, at=now
    )
    factories.measure(victim=ref)
    factories.need(victim=ref)
    factories.choice(victim=ref)
    factories.disclosure(victim=ref)
    factories.update(victim=ref, on=today, received_at=now - timedelta(hours=3))
    factories.clearance(victim=ref)
    factories.alert(case=ref)
    return client_of_fable


def test_the_first_page_is_one_screen_and_the_next_step_stands_in_the_first_of_a_phone(
    browsing: Callable[..., BrowserContext], browser_of_fable: Client, full: Victim
) -> None:
    page = browsing(client=browser_of_fable, viewport=LAPTOP).new_page()
    page.goto(f"/victims/{full.ref}/")
    height, laptop = page.evaluate(HEIGHT), page.evaluate(BOTTOM, ".desist-glance")
    looking.picture(page, "client")
    page.set_viewport_size(PHONE)
    page.reload()
    safe, phone = (
        page.evaluate(BOTTOM, ".desist-notice"),
        page.evaluate(BOTTOM, ".desist-glance__next .govuk-button"),
    )
    found = looking.against(page, "a client at a glance")

    assert laptop <= 900
    assert height < 1800
    assert safe < phone <= 844
    assert found == []


def test_the_safety_plan_fits_two_screens(
    browsing: Callable[..., BrowserContext], browser_of_fable: Client, full: Victim
) -> None:
    page = browsing(client=browser_of_fable, viewport=LAPTOP).new_page()
    page.goto(f"/safety/{full.ref}/plan/")

    assert page.evaluate(HEIGHT) < 2 * 900
