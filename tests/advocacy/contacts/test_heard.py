"""What was said about safe contact is shown as whose words it is, and fills the form in only where it says so plainly."""

from collections.abc import Callable
from datetime import time
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.advocacy import factories

from desist.advocacy.contacts import heard
from desist.advocacy.contacts.models import SafeTime
from desist.advocacy.contacts.policy import Action
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.models import Victim
from desist.wall import gate
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

SAID = "Text only, after 6pm on weekdays. She is alone then. Say you are from the dental surgery."


@pytest.fixture
def sarah(advocate: Advocate) -> Victim:
    """Whom the police referred, with what the officer wrote."""
    who = Identity("Wren", "Further", safety=SAID)
    return factories.victim(advocate=advocate, identity=who, way_in="police")


def read(browser: Client, name: str, row: Any) -> str:
    return browser.get(reverse(name, args=[row.ref])).content.decode()


@pytest.mark.parametrize("name", ["victims:victim", "contacts:contact", "safety:plan"])
def test_the_bar_shows_what_the_officer_wrote_and_claims_no_more(
    browser_of_fable: Client, sarah: Victim, name: str
) -> None:
    page = read(browser_of_fable, name, sarah)

    assert "nobody has asked" not in page
    assert "No safe time is recorded yet. Read what the officer wrote about contacting them safely." in page
    assert f"The officer wrote (2 March 2026): “{SAID}”" in page


def test_where_nothing_was_said_the_bar_says_what_to_do(browser_of_fable: Client, advocate: Advocate) -> None:
    wren = factories.victim(advocate=advocate, identity=Identity("Wren", "Further"))

    page = read(browser_of_fable, "contacts:contact", wren)

    assert "No safe time is recorded yet: ask them when and how it is safe to contact them." in page
    assert "Use these as safe times" not in page


def test_the_words_are_offered_as_safe_times_and_fill_the_form_in(
    browser_of_fable: Client, sarah: Victim
) -> None:
    assert "Use these as safe times" in read(browser_of_fable, "contacts:contact", sarah)

    page = browser_of_fable.get(reverse("contacts:add-time", args=[sarah.ref]))

    assert SAID in page.content.decode()
    tree = lxml.html.fromstring(page.content.decode())
    assert tree.xpath("//main//input[@checked]/@value") == ["text", "0", "1", "2", "3", "4"]
    assert tree.xpath("//input[@name='start']/@value") == ["6pm"]
    assert tree.xpath("//input[@name='end']/@value") == [""]
    sent = {"channel": "text", "days": [*"01234"], "start": "6pm", "end": "9pm"}
    browser_of_fable.post(reverse("contacts:add-time", args=[sarah.ref]), sent)
    assert SafeTime.objects.get().start == time(18)
    after = read(browser_of_fable, "contacts:contact", sarah)
    assert "Use these as safe times" not in after
    assert SAID in after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text only, after 6pm on weekdays.", {"channel": "text", "days": [*"01234"], "start": time(18)}),
        (
            "Ring between 9.30am and noon, every day",
            {"channel": "call", "days": [*"0123456"]} | {"start": time(9, 30), "end": time(12)},
        ),
        ("E-mail at weekends until 14:30", {"channel": "email", "days": [*"56"], "end": time(14, 30)}),
        ("Tuesdays and Fridays, 10am-12pm", {"days": [*"14"], "start": time(10), "end": time(12)}),
        ("Write a letter, or meet in person", {}),
        ("A letter is fine", {"channel": "letter"}),
        ("After 12am", {"start": time(0)}),
        ("Never ring after 6pm. Text is fine", {"channel": "text"}),
        ("Don’t call on weekdays before 5pm", {}),
        ("He is home until 6pm unless on shift", {}),
        ("At 6, or 9 to 5", {}),
        ("Ask her mother", {}),
    ],
)
def test_only_what_is_said_plainly_is_filled_in(text: str, said: dict[str, Any]) -> None:
    assert heard.filled(text) == said


def test_what_a_client_said_herself_is_not_put_into_an_officers_mouth(
    browser_of_fable: Client, advocate: Advocate
) -> None:
    who = Identity("Wren", "Further", safety="Text first")
    wren = factories.victim(advocate=advocate, identity=who, way_in="self")

    page = read(browser_of_fable, "contacts:contact", wren)

    assert "Read what was said about contacting them safely." in page
    assert "Said when they came (2 March 2026): “Text first”" in page
    assert "officer" not in page


# The first page, and numbers that ring


def rows(page: str) -> list[str]:
    """What stands inside each row of what is to be done, down to the rule below it."""
    tree = lxml.html.fromstring(page)
    return [
        " ".join(" ".join(map(str, one.itertext())).split())
        for one in tree.iter("li")
        if "desist-due" in one.get("class", "").split()
    ]


def test_what_is_safe_stands_inside_the_row_of_whom_it_is_about(
    browser_of_fable: Client, client_of_fable: Victim
) -> None:
    page = browser_of_fable.get("/").content.decode()

    (row,) = [one for one in rows(page) if "Robin Hollow : first contact" in one]
    assert "Safe now: call only" in row
    assert "Say: Sam from the library." in row
    assert page.count("Safe now: call only") == 1


def test_a_contact_begins_from_its_row(browser_of_fable: Client, client_of_fable: Victim) -> None:
    page = browser_of_fable.get("/").content.decode()
    assert f'action="/contacts/{client_of_fable.ref}/begin/"' in page

    answer = browser_of_fable.post(
        reverse("contacts:begin", args=[client_of_fable.ref]), {"channel": "call"}, follow=True
    )

    assert '<a class="govuk-link desist-number" href="tel:01632960077">01632 960 077</a>' in (
        answer.content.decode()
    )


def test_a_manager_who_may_not_call_is_offered_no_button(
    client_of_fable: Victim, signed_in: Callable[..., Client]
) -> None:
    noor = signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))

    assert "/begin/" not in noor.get("/").content.decode()


@pytest.mark.parametrize("name", ["contacts:finish", "updates:tell"])
@pytest.mark.parametrize("by", [("call", "tel"), ("text", "sms"), ("email", "tel")])
def test_during_a_contact_the_number_rings_or_takes_a_text_and_is_masked_in_time(
    browser_of_fable: Client, actor: Actor, robin: Victim, name: str, by: tuple[str, str]
) -> None:
    channel, way = by
    now = timezone.now()
    attempt = factories.attempt(victim=robin.ref)
    type(attempt).objects.filter(pk=attempt.pk).update(channel=channel)

    with gate.change(actor, Action.BEGIN_CONTACT, Victim, robin.ref, at=now) as row:
        vault.open_call(actor=actor, victim=row, at=now)

    page = read(browser_of_fable, name, attempt)

    assert f'href="{way}:01632960077"' in page
    assert page.count("data-until=") == 2  # number and e-mail leave the page by themselves


def test_numbers_of_the_police_ring(browser_of_fable: Client, robin: Victim) -> None:
    incident = factories.incident(victim=robin.ref)
    pack, alert = factories.pack(incident=incident.ref), factories.alert(case=robin.ref)
    factories.duty_number()

    assert 'href="tel:01632960005"' in browser_of_fable.get(f"/packs/{pack.ref}/").content.decode()
    assert 'href="tel:01632960005"' in browser_of_fable.get("/alerts/").content.decode()
    one = browser_of_fable.get(f"/alerts/{alert.ref}/").content.decode()
    assert one.count('href="tel:') == 2
