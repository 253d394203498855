"""How a client comes: by envelope, by themselves; and what of it can be read in the database."""

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.clients import commands
from desist.advocacy.pages.client import queries
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault.models import Locator, PersonKey
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import PauseReason
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received, handler_of
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

SENT = payloads.VictimReferral(
    given_names="Robin",
    family_name="Hollow",
    phone=factories.PHONE,
    email=factories.EMAIL,
    address=factories.HOME,
    safety="Text first",
    account="Waits outside at five",
    behaviours=("loitering",),
    relationship="ex_partner",
    crime_reference="45/1234/26",
    agreed_on=date(2026, 3, 2),
    officer_name="Ash Vale",
    officer_phone="01632 960 500",
    area=factories.AREA,
)
TYPED = {
    "way_in": "self",
    "given_names": "Robin",
    "family_name": "Hollow",
    "phone": factories.PHONE,
    "purposes": ["support", "contact"],
    "how": "phone",
    "mine": "yes",
    "form_submission": "one",
}


def arrive(payload: payloads.VictimReferral = SENT, thread: str = "thread-1") -> Victim:
    """What the inbox does with an opened envelope."""
    received = Received(payload, thread, factories.POLICE, factories.NOW, actors.post())
    handler_of(payload)(received)
    return Victim.objects.get(thread=thread)


def dump() -> str:
    """Every row of every table of the zone, and of its history, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'advocacy\\_%'"
        )
        names = [name for (name,) in cursor.fetchall()]
        rows = []
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_what_leads_to_somebody_goes_from_the_envelope_into_the_vault() -> None:
    victim = arrive()

    kinds = Locator.objects.filter(victim=victim).values_list("kind", flat=True)
    assert sorted(kinds) == ["email", "home", "phone"]
    assert victim.crime_reference == "45/1234/26"
    assert sorted(victim.consents.values_list("purpose", flat=True)) == ["contact", "support"]


def test_nothing_in_the_database_or_its_history_names_them_or_leads_to_them() -> None:
    arrive()

    kept = dump()
    assert "45/1234/26" in kept
    for secret in (
        "Robin",
        "Hollow",
        "960 077",
        "harbour.example",
        "Quayside",
        "NM1",
        "Waits outside",
        "Ash Vale",
    ):
        assert secret not in kept


def test_what_the_victim_did_not_agree_to_share_is_no_locator() -> None:
    victim = arrive(dataclasses.replace(SENT, phone="", address=""))

    assert list(Locator.objects.filter(victim=victim).values_list("kind", flat=True)) == ["email"]


def test_a_number_that_cannot_be_read_is_kept_all_the_same() -> None:
    victim = arrive(dataclasses.replace(SENT, phone="ask at reception"))

    assert Locator.objects.get(victim=victim, kind="phone").mark is None


def test_the_page_shows_who_they_are(manager: Actor) -> None:
    victim = arrive()

    page = queries.client(actor=manager, ref=victim.ref, at=factories.NOW + timedelta(hours=1)).victim

    assert page.name == "Robin Hollow"
    assert page.identity.account == "Waits outside at five"
    assert page.row.clock
    assert page.row.clock.words == "1 of 48 hours"


def test_somebody_who_came_by_themselves_is_recorded_once(
    browser_of_fable: Client, advocate: Advocate
) -> None:
    first = browser_of_fable.post(reverse("victims:start"), TYPED)
    again = browser_of_fable.post(reverse("victims:start"), TYPED)

    victim = Victim.objects.get()
    assert first["Location"] == again["Location"] == reverse("victims:victim", args=[victim.ref])
    assert victim.allocations.get().advocate == advocate
    assert PersonKey.objects.filter(person=victim.ref).exists()


def test_before_a_client_is_recorded_the_page_looks_whether_they_are_here_already(
    browser_of_fable: Client, robin: Victim
) -> None:
    by_number = browser_of_fable.post(reverse("victims:start"), TYPED | {"given_names": "Wren"})
    asked = browser_of_fable.post(reverse("victims:start"), TYPED)
    kept = Victim.objects.count()
    browser_of_fable.post(reverse("victims:start"), {**TYPED, "nobody_of_these": "yes"})

    assert (by_number.status_code, asked.status_code) == (200, 200)
    assert "Is it one of these?" in by_number.content.decode()
    assert reverse("victims:victim", args=[robin.ref]) in asked.content.decode()
    assert (kept, Victim.objects.count()) == (1, 2)


def test_what_was_typed_stays_when_something_is_wrong(browser_of_fable: Client) -> None:
    answer = browser_of_fable.post(reverse("victims:start"), TYPED | {"phone": "ring me", "purposes": []})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a telephone number, like 01632 960 001" in page
    assert "Without consent to being supported there is no case to open" in page
    assert "ring me" in page
    assert not Victim.objects.exists()


def test_an_advocate_who_leaves_it_to_the_manager_does_not_see_them_afterwards(
    browser_of_fable: Client, advocate: Advocate
) -> None:
    answer = browser_of_fable.post(reverse("victims:start"), TYPED | {"mine": "no"})

    assert answer["Location"] == "/"
    victim = Victim.objects.get()
    assert browser_of_fable.get(reverse("victims:victim", args=[victim.ref])).status_code == 404


def test_the_worklist_puts_the_latest_first_and_tells_what_waits_on_purpose(
    advocate: Advocate, browser_of_fable: Client, actor: Actor
) -> None:
    now = timezone.now()
    calm = factories.victim(advocate=advocate, received_at=now - timedelta(hours=1))
    factories.victim(advocate=advocate, received_at=now - timedelta(hours=60))
    commands.pause(actor=actor, ref=calm.ref, reason=PauseReason.NOT_SAFE, at=now - timedelta(minutes=5))

    page = browser_of_fable.get("/").content.decode()

    assert "12 hours late (standard: 48 hours)" in page
    assert (
        page.index("12 hours late") < page.index("Waiting on purpose") < page.index("contact is not safe now")
    )
    assert factories.PHONE not in page


def test_the_manager_sees_who_has_nobody(signed_in: Callable[..., Client], manager: Actor) -> None:
    arrive()

    page = text(signed_in(role=Role.ADVOCACY_MANAGER).get("/"))

    assert "Robin Hollow : allocate an advocate" in page


def test_the_manager_reads_beside_each_call_whose_it_is_and_an_advocate_does_not(
    signed_in: Callable[..., Client], browser_of_fable: Client, advocate: Advocate
) -> None:
    factories.victim(advocate=advocate)
    factories.victim(identity=Identity(given_names="Zoe", family_name="Marsh"))

    of_manager, of_fable = text(signed_in(role=Role.ADVOCACY_MANAGER).get("/")), browser_of_fable.get("/")

    assert "Fable Trelissick" in of_manager.partition("Robin Hollow")[2].partition("Zoe Marsh")[0]
    assert "no advocate yet" in of_manager.partition("Zoe Marsh")[2]
    main = of_fable.content.decode().partition("<main")[2]
    assert "Fable Trelissick" not in main


@pytest.mark.parametrize("path", ["victims:victim", "victims:consents", "victims:pause"])
def test_exit_this_page_is_on_every_page(browser_of_fable: Client, robin: Victim, path: str) -> None:
    page = browser_of_fable.get(reverse(path, args=[robin.ref])).content.decode()

    assert "Exit this page" in page
    assert "<title>Robin" not in page
    assert "Hollow</title>" not in page


def test_a_day_with_forty_calls_lists_them_all_and_one_with_more_or_none_says_so(
    browser_of_fable: Client, advocate: Advocate
) -> None:
    found = []
    for number in (0, 40, 11):
        for one in range(number):
            who = Identity(given_names="Robin", family_name=f"Hollow {one}")
            factories.victim(advocate=advocate, identity=who)
        page = browser_of_fable.get("/")
        found.append((page.content.decode().count("</strong>: first contact"), text(page)))

    (none, nobody), (forty, all_), (most, more) = found
    assert (none, forty, most) == (0, 40, 50)
    assert "Nobody can be called safely now" in nobody
    assert "have waited longest" not in all_
    assert "The 50 clients who have waited longest are shown. All are under Clients" in more


def screened(**other: str) -> payloads.VictimReferral:
    """The same referral with the result of a screening."""
    said: dict[str, Any] = {
        "risk_tool": "s_dash",
        "risk_tool_version": "2009",
        "risk_result": "High concern",
        "risk_rater": "Ash Vale",
        "risk_rated_on": "2026-03-01",
    }
    return dataclasses.replace(SENT, **said | other)


def test_the_screening_of_the_police_stands_with_the_client_and_waits_to_be_reviewed(
    signed_in: Callable[..., Client],
) -> None:
    victim = arrive(screened())
    browser = signed_in(role=Role.ADVOCACY_MANAGER)

    page = text(browser.get(reverse("screenings:client", args=[victim.ref])))

    assert "S-DASH 2009 High concern From the police, with the referral" in page
    assert "Ash Vale, not trained in the tool" in page
    assert "When it came Review overdue" in page
    assert "High concern" not in dump()
    assert "review screening of risk" in text(browser.get("/"))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(SENT, []), (screened(risk_tool="none"), []), (screened(risk_tool="new_tool"), ["other"])],
)
def test_a_referral_without_a_screening_brings_none_and_an_unknown_tool_is_another_tool(
    sent: payloads.VictimReferral, kept: list[str]
) -> None:
    victim = arrive(sent)

    assert list(victim.screenings.values_list("tool", flat=True)) == kept


def test_a_screening_without_its_day_is_refused_with_a_sentence() -> None:
    with pytest.raises(CannotHandle, match="names no day"):
        arrive(screened(risk_rated_on=""))
