"""The first page of a client: how to reach them safely, what protects them, what happened last and what comes next."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.advocacy import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.advocacy.clients import commands as clients
from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.states import Channel, Outcome
from desist.advocacy.contacts.windows import Window
from desist.advocacy.orders.models import ClientOrder
from desist.advocacy.orders.texts import CONDITIONS, Words
from desist.advocacy.pages.client import queries
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.texts import Plan
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import CloseReason, PauseReason
from desist.desk.alerts.models import Alert
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW  # a Tuesday, 2:30pm
SAFE = Window(Channel.CALL, tuple(range(7)), time(0), time(23, 59))
#: the pages of one client, of which fifteen stood side by side and one was behind another
PAGES = (
    *("victims:victim", "victims:consents", "contacts:contact", "vault:locators", "letters:letters"),
    *("safety:plan", "safety:needs", "safety:children", "safety:choices", "safety:notes"),
    *(
        "incidents:incidents",
        "papers:log",
        "papers:theirs",
        "screenings:client",
        "measures:measures",
        "orders:orders",
        "updates:updates",
        "police:police",
    ),
    "disclosures:disclosures",
)
PLACES = [
    *("Overview", "Contact", "Safety", "Incidents and evidence", "Orders and updates"),
    "Disclosures and choices",
]
#: what the page sends to the database, with one for who asks, one for what waits in the menu and one for the audit's event
QUERIES = 21


def steps(actor: Actor, victim: Victim, *, at: Any = NOW) -> list[str]:
    """What comes next, in words."""
    return [one.words for one in queries.client(actor=actor, ref=victim.ref, at=at).steps]


def reached(actor: Actor, victim: Victim, *, next_on: date | None = None) -> None:
    """Reach a client by telephone, who agrees on the day of the next contact."""
    contacts.add_time(actor=actor, ref=victim.ref, window=SAFE, at=NOW)
    ref = contacts.begin(actor=actor, ref=victim.ref, channel=Channel.CALL, submission="one", at=NOW)
    contacts.finish(actor=actor, attempt=ref, outcome=Outcome.REACHED, note="", next_on=next_on, at=NOW)


def plan(actor: Actor, victim: Victim, *, review_on: date) -> None:
    """Save a safety plan."""
    words = Plan(now="Rings a neighbour")
    safety.save_plan(actor=actor, ref=victim.ref, plan=words, review_on=review_on, version=0, at=NOW)


def links(client: Client, address: str) -> set[str]:
    """The addresses to which a page leads."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return set(re.findall(r'href="(/[^"#?]*)"', answer.content.decode()))


def test_a_client_has_six_places_and_each_page_of_before_is_two_clicks_away_at_most(
    browser_of_fable: Client, robin: Victim
) -> None:
    start = reverse("victims:victim", args=[robin.ref])
    page = browser_of_fable.get(start).content.decode()
    places = re.findall(r'moj-sub-navigation__link" href="([^"]+)"[^>]*>([^<]+)<', page)

    reached = links(browser_of_fable, start).union(*(links(browser_of_fable, href) for href, _ in places))

    assert [name for _, name in places] == PLACES
    assert {reverse(name, args=[robin.ref]) for name in PAGES} - reached == set()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_marks_its_place_and_keeps_the_safe_contact_in_view(
    browser_of_fable: Client, client_of_fable: Victim, name: str
) -> None:
    page = browser_of_fable.get(reverse(name, args=[client_of_fable.ref])).content.decode()

    assert page.count('moj-sub-navigation__link" href') == len(PLACES)
    assert len(re.findall(r'moj-sub-navigation__link" href="[^"]+" aria-current="page"', page)) == 1
    assert "Safe now: call only" in page
    assert "Say: Sam from the library." in page
    assert "If someone else answers, and the code word" in page


def test_what_happens_to_a_new_client_comes_in_its_order(actor: Actor, robin: Victim) -> None:
    assert steps(actor, robin) == ["No safe time is recorded", "First contact"]

    reached(actor, robin, next_on=NOW.date() + timedelta(days=3))
    assert steps(actor, robin) == ["No safety plan yet", "Contact as agreed"]

    plan(actor, robin, review_on=NOW.date() + timedelta(days=5))
    assert steps(actor, robin) == ["Contact as agreed"]
    assert steps(actor, robin, at=NOW + timedelta(days=6)) == [
        "Contact as agreed",
        "The safety plan is to be reviewed",
    ]


def test_what_cannot_wait_comes_first(actor: Actor, robin: Victim) -> None:
    reached(actor, robin)
    alert = factories.alert(case=robin.ref)
    factories.pack(incident=factories.incident(victim=robin.ref).ref)
    factories.clearance(victim=robin.ref)
    factories.update(victim=robin.ref)
    factories.attempt(victim=robin.ref)

    page = queries.client(actor=actor, ref=robin.ref, at=NOW + timedelta(hours=5))

    assert [one.words for one in page.steps] == [
        "The police or the programme raised an alert",
        "A contact has no outcome yet",
        "Ring Northmere Police: no crime reference yet for what they reported",
        "The police ask whether words can be said",
        "Tell them: A Stalking Protection Order was made",
        "No safety plan yet",
        "To be reviewed: Screening of risk since the last incident",
    ]
    assert (page.steps[0].ref, page.steps[0].route) == (alert.ref, "alerts:alert")


def test_an_alert_about_someone_else_or_one_that_was_taken_up_is_no_step(
    actor: Actor, robin: Victim, advocate: Advocate
) -> None:
    taken = factories.alert(case=robin.ref)
    Alert.objects.filter(pk=taken.pk).update(acknowledged_at=NOW, acknowledged_by=actor.who)
    factories.alert(case=factories.victim(advocate=advocate).ref)

    assert "The police or the programme raised an alert" not in steps(actor, robin)


def test_while_contact_is_not_safe_no_step_is_a_call_or_news(actor: Actor, robin: Victim) -> None:
    reached(actor, robin, next_on=NOW.date())
    plan(actor, robin, review_on=NOW.date() + timedelta(days=5))
    factories.update(victim=robin.ref)
    contacts.mark_not_safe(actor=actor, ref=robin.ref, at=NOW)

    (one,) = queries.client(actor=actor, ref=robin.ref, at=NOW).steps

    assert one.words == "Contact must wait: it is not safe now"
    assert one.clock == "1 piece of news to tell later"
    assert not one.calls


def test_a_first_contact_on_hold_is_no_step_and_can_be_restarted(
    browser_of_fable: Client, actor: Actor, client_of_fable: Victim
) -> None:
    clients.pause(actor=actor, ref=client_of_fable.ref, reason=PauseReason.CLIENT_ASKED, at=timezone.now())

    page = text(browser_of_fable.get(reverse("victims:victim", args=[client_of_fable.ref])))

    assert "First contact is on hold . The client asked us to wait" in page
    assert "Restart the clock" in page
    assert "Start the call" not in page


def test_a_closed_case_asks_for_nothing_and_can_be_opened_again(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    clients.close(actor=actor, ref=robin.ref, reason=CloseReason.FINISHED, at=NOW)

    page = text(browser_of_fable.get(reverse("victims:victim", args=[robin.ref])))

    assert queries.client(actor=actor, ref=robin.ref, at=NOW).steps == ()
    assert "They came back: open the case" in page
    assert "Close the case" not in page


def test_the_call_begins_on_the_page_while_it_is_safe(
    browser_of_fable: Client, client_of_fable: Victim
) -> None:
    address = reverse("victims:victim", args=[client_of_fable.ref])
    page = browser_of_fable.get(address).content.decode()
    submission = re.search('name="form_submission" value="([^"]+)"', page)

    assert submission
    typed = {"channel": "call", "form_submission": submission[1]}
    answer = browser_of_fable.post(reverse("contacts:begin", args=[client_of_fable.ref]), typed)

    assert answer["Location"] == reverse("contacts:finish", args=[client_of_fable.attempts.get().ref])


def test_a_manager_reads_the_page_and_calls_nobody(
    signed_in: Callable[..., Client], client_of_fable: Victim, manager: Actor
) -> None:
    noor = Account.objects.get(ref=manager.who)
    browser = signed_in(role=Role.ADVOCACY_MANAGER, account=noor)

    page = text(browser.get(reverse("victims:victim", args=[client_of_fable.ref])))

    assert "Contact them safely" in page
    assert "Start the call" not in page


def test_what_protects_them_and_what_happened_last_is_said_and_nothing_leads_to_them(
    browser_of_fable: Client, actor: Actor, client_of_fable: Victim
) -> None:
    ref = client_of_fable.ref
    factories.order(victim=ref)
    factories.incident(victim=ref)
    factories.measure(victim=ref)

    page = text(browser_of_fable.get(reverse("victims:victim", args=[ref])))

    assert "Stalking Protection Order: served, in force" in page
    assert "Not to contact the protected person, directly or through anyone else" in page
    assert "1 condition waits for the police to release the words" in page
    assert "Tuesday 3 March 2026" in page
    assert "1 in the log" in page
    assert "4 of 10" in page
    for secret in (factories.PHONE, factories.EMAIL, "Quayside", "Stood there"):
        assert secret not in page


def test_an_order_says_three_conditions_and_how_many_more(actor: Actor, robin: Victim) -> None:
    order, box = factories.order(victim=robin.ref), vault.box(person=robin.ref)
    words = Words([f"Not to go to place {number}" for number in range(5)])
    order.words = boxes.lock(box, CONDITIONS, order.ref, words)
    order.save()

    (one,) = queries.client(actor=actor, ref=robin.ref, at=NOW).orders

    assert (len(one.conditions), one.more) == (3, 2)


def test_an_order_that_ended_is_counted_and_not_shown_as_protection(actor: Actor, robin: Victim) -> None:
    order = factories.order(victim=robin.ref)
    ClientOrder.objects.filter(pk=order.pk).update(standing="ended")

    page = queries.client(actor=actor, ref=robin.ref, at=NOW)

    assert (page.orders, page.ended) == ((), 1)


def test_nothing_is_left_to_read_after_the_key_was_destroyed(
    actor: Actor, manager: Actor, robin: Victim
) -> None:
    factories.order(victim=robin.ref)
    factories.measure(victim=robin.ref)
    clients.close(actor=actor, ref=robin.ref, reason=CloseReason.FINISHED, at=NOW)
    vault.destroy(actor=manager, victim=robin.ref, at=NOW)

    page = queries.client(actor=actor, ref=robin.ref, at=NOW)

    assert page.victim.name == "Erased person"
    assert [one.conditions for one in page.orders] == [()]
    assert page.rating is None


def grow(ref: str, times: int) -> None:
    """So many more of everything that the page counts."""
    for _ in range(times):
        factories.order(victim=ref)
        factories.pack(incident=factories.incident(victim=ref).ref)
        factories.update(victim=ref)
        factories.clearance(victim=ref)
        factories.measure(victim=ref)
        factories.alert(case=ref)


def test_the_page_costs_the_same_few_queries_however_much_happened(
    browser_of_fable: Client, client_of_fable: Victim
) -> None:
    address = reverse("victims:victim", args=[client_of_fable.ref])

    def cost() -> int:
        with CaptureQueriesContext(connection) as sent:
            assert browser_of_fable.get(address).status_code == 200
        return len(sent)

    grow(client_of_fable.ref, 2)
    few = cost()
    grow(client_of_fable.ref, 10)

    assert (cost(), few) == (few, QUERIES)
