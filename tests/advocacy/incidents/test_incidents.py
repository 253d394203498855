"""The incident log: locked per person, in two layers, added to and never rewritten."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.incidents import commands, forms, queries
from desist.advocacy.incidents.models import Addition, Incident
from desist.advocacy.incidents.texts import Account, often, span
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import Layer
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
FACTS = commands.Facts(
    happened_on=date(2026, 3, 2),
    happened_time=time(17, 5),
    place="work",
    behaviours=["loitering", "watching"],
    channel="in_person",
    through="themselves",
    marks=["order"],
    evidence=["pictures"],
    told=["police"],
    crime_reference="45/1234/26",
)
ACCOUNT = Account(what="Stood across the road", place="By the bicycle rack", effect="Could not sleep")
TYPED = {
    "happened_on-day": "2",
    "happened_on-month": "3",
    "happened_on-year": "2026",
    "happened_time": "5:05pm",
    "behaviours": ["loitering"],
    "channel": "in_person",
    "through": "themselves",
    "what": "Stood across the road",
    "place": "work",
    "evidence": ["none"],
    "told": ["nobody"],
    "form_submission": "x",
}


def record(actor: Actor, victim: Victim, account: Account = ACCOUNT, number: str = "one") -> str:
    return commands.record(
        actor=actor, ref=victim.ref, facts=FACTS, account=account, submission=number, at=NOW
    )


def test_an_incident_is_recorded_and_read_back_whole(actor: Actor, robin: Victim) -> None:
    page = queries.incident(actor=actor, ref=record(actor, robin), at=NOW)

    assert page.account == ACCOUNT
    assert page.row.place == "At or near their work"
    assert page.row.marks == ("It may break an order",)
    assert page.evidence == ("Photographs or video",)


def test_what_happened_and_where_is_locked_in_the_database(actor: Actor, robin: Victim) -> None:
    commands.add(
        actor=actor, incident=record(actor, robin), words="A neighbour saw it", submission="two", at=NOW
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM advocacy_incident t")
        kept = str(cursor.fetchall())
        cursor.execute("SELECT t::text FROM advocacy_addition t")
        kept += str(cursor.fetchall())
    assert "loitering" in kept
    for secret in ("Stood across", "bicycle", "sleep", "neighbour"):
        assert secret not in kept


def test_a_form_that_is_sent_twice_records_once(browser_of_fable: Client, robin: Victim) -> None:
    address = reverse("incidents:record", args=[robin.ref])

    first = browser_of_fable.post(address, TYPED)
    again = browser_of_fable.post(address, TYPED)

    assert first["Location"] == again["Location"]
    assert Incident.objects.count() == 1


def test_an_address_in_what_happened_is_refused_and_stays_typed(
    browser_of_fable: Client, robin: Victim
) -> None:
    typed = TYPED | {"what": "Waited at 12 Quayside Steps"}

    answer = browser_of_fable.post(reverse("incidents:record", args=[robin.ref]), typed)

    assert answer.status_code == 422
    assert "write “their home”" in answer.content.decode()
    assert "Waited at 12 Quayside Steps" in answer.content.decode()
    assert not Incident.objects.exists()


def test_an_addition_stands_below_and_changes_nothing(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    ref = record(actor, robin)
    typed = {"words": "Crime reference came on Friday", "form_submission": "y"}

    browser_of_fable.post(reverse("incidents:incident", args=[ref]), typed)
    browser_of_fable.post(reverse("incidents:incident", args=[ref]), typed)

    page = queries.incident(actor=actor, ref=ref, at=NOW)
    assert [words for _, _, words in page.additions] == ["Crime reference came on Friday"]
    assert page.account == ACCOUNT
    assert Addition.objects.count() == 1


def test_an_addition_is_free_of_addresses_too(actor: Actor, robin: Victim) -> None:
    ref = record(actor, robin)

    with pytest.raises(HoldsLocator):
        commands.add(actor=actor, incident=ref, words=factories.PHONE, submission="two", at=NOW)


def test_private_notes_are_on_no_page_of_the_log(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    ref = record(actor, robin)
    safety.write_note(
        actor=actor, ref=robin.ref, layer=Layer.PRIVATE, words="My worry", submission="n", at=NOW
    )

    for address in (
        reverse("incidents:incidents", args=[robin.ref]),
        reverse("incidents:incident", args=[ref]),
    ):
        assert "My worry" not in browser_of_fable.get(address).content.decode()


def test_the_page_says_keep_it_and_do_not_delete(browser_of_fable: Client, robin: Victim) -> None:
    page = browser_of_fable.get(reverse("incidents:record", args=[robin.ref])).content.decode()

    assert "Keep it: do not delete, block or throw away" in page


def test_a_day_before_anything_was_kept_is_a_day_all_the_same(
    browser_of_fable: Client, robin: Victim
) -> None:
    typed = TYPED | {"happened_on-year": "1987"}

    answer = browser_of_fable.post(reverse("incidents:record", args=[robin.ref]), typed)

    assert answer.status_code == 302


SPAN = {
    "ended_on-day": "6",
    "ended_on-month": "3",
    "ended_on-year": "2026",
    "ended_time": "9pm",
    "times": "40",
    "counted": "about",
    "more_places": ["work", "online"],
    "heard": "call",
}


def test_what_went_on_for_days_has_its_span_places_number_and_how_it_was_told(
    browser_of_fable: Client, robin: Victim
) -> None:
    address = reverse("incidents:record", args=[robin.ref])
    page = text(browser_of_fable.post(address, TYPED | SPAN, follow=True))
    listed = text(browser_of_fable.get(reverse("incidents:incidents", args=[robin.ref])))

    for words in (
        "Monday 2 March 2026, 5:05pm to Friday 6 March 2026, 9pm",
        "About 40 times",
        "At or near their work; Online or by telephone",
    ):
        assert words.lower() in page.lower()
        assert words in listed
    assert "How it was told By telephone" in page
    assert Incident.objects.get().more_places == ["online"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ended_on-day": "1"}, "The last day must be on or after 2 March 2026"),
        ({"ended_on-day": "2", "ended_time": "5pm"}, "It must have ended after 5:05pm, or on a later day"),
        ({"times": "0"}, "must be between 1 and 100,000"),
    ],
)
def test_a_span_that_ends_before_it_began_is_refused_and_stays_typed(
    browser_of_fable: Client, robin: Victim, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser_of_fable.post(reverse("incidents:record", args=[robin.ref]), TYPED | SPAN | wrong)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Stood across the road" in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((date(2026, 3, 2), None, None, None), "Monday 2 March 2026"),
        ((date(2026, 3, 2), time(17), date(2026, 3, 2), time(18)), "Monday 2 March 2026, 5pm to 6pm"),
        ((date(2026, 3, 2), None, date(2026, 3, 4), None), "Monday 2 March 2026 to Wednesday 4 March 2026"),
    ],
)
def test_a_time_is_told_as_finely_as_it_is_known(told: Any, words: str) -> None:
    assert span(*told) == words


@pytest.mark.parametrize(
    ("times", "counted", "words"),
    [(None, "about", ""), (1, "", "once"), (3, "exact", "3 times"), (1200, "least", "at least 1,200 times")],
)
def test_how_often_says_how_sure_the_number_is(times: int | None, counted: str, words: str) -> None:
    assert often(times, counted) == words


def test_what_is_asked_first_stays_short(browser_of_fable: Client, robin: Victim) -> None:
    first = [name for name in forms.Record.base_fields if name not in forms.Record.LATER]

    assert len(first) <= 8
    assert set(forms.Record.LATER) <= set(forms.Record.base_fields)


def test_the_police_are_shown_what_is_sent_and_no_more(browser_of_fable: Client, robin: Victim) -> None:
    made = browser_of_fable.post(reverse("incidents:record", args=[robin.ref]), TYPED | SPAN)
    ref = made["Location"].rstrip("/").split("/")[-1]

    page = text(browser_of_fable.get(reverse("packs:send", args=[ref])))

    assert "Monday 2 March 2026, 5:05pm" in page
    assert "40" not in page.split("What will be sent")[1]
