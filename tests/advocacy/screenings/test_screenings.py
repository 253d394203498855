"""Screenings of the risk to a client: a tool's result in its own words, due after each incident, and never added up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.incidents.models import Incident
from desist.advocacy.pages.client import queries as clients
from desist.advocacy.screenings import commands, queries
from desist.advocacy.screenings.models import Screening
from desist.advocacy.screenings.words import Words
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
TODAY = NOW.date()
SCREENED = commands.Screened(
    "s_dash",
    Words("2009", "High concern", "Sgt Lark Penhale", "The visits became more"),
    True,
    TODAY,
    date(2099, 1, 1),
)
TYPED = {
    "tool": "sash",
    "tool_version": "2015",
    "result": "Moderate concern",
    "reasons": "Calls at night",
    "rater": "Fable Trelissick",
    "rater_trained": "yes",
    "rated_on-day": "3",
    "rated_on-month": "3",
    "rated_on-year": "2026",
    "review_on-day": "3",
    "review_on-month": "6",
    "review_on-year": "2099",
    "form_submission": "a-screening",
}


def record(actor: Actor, victim: Victim, number: str = "one", days: int = 0, **other: Any) -> Screening:
    said = replace(SCREENED, **other)
    at = NOW + timedelta(days=days)
    commands.record(actor=actor, ref=victim.ref, screened=said, submission=number, at=at)
    return Screening.objects.get(submission=number)


def due(actor: Actor, victim: Victim, days: int = 0) -> list[str]:
    """What of a screening is among the next steps of the client."""
    page = clients.client(actor=actor, ref=victim.ref, at=NOW + timedelta(days=days))
    return [one.words for one in page.steps if "Screening" in one.words]


def test_the_result_stands_in_its_own_words_on_the_overview_and_is_locked(
    browser_of_fable: Client, robin: Victim
) -> None:
    address = reverse("screenings:record", args=[robin.ref])
    page = text(browser_of_fable.post(address, TYPED, follow=True))
    overview = text(browser_of_fable.get(reverse("victims:victim", args=[robin.ref])))

    assert "The screening is recorded." in page
    assert "Moderate concern" in page
    assert "Fable Trelissick, trained in the tool" in page
    assert (
        "Moderate concern Screening Assessment for Stalking and Harassment (SASH), rated 3 March 2026"
        in overview
    )
    one = Screening.objects.get()
    for secret in (b"Moderate", b"Calls", b"Fable"):
        assert secret not in bytes(one.words)


def test_the_next_screening_begins_with_the_tool_of_the_last(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    record(actor, robin)

    page = browser_of_fable.get(reverse("screenings:record", args=[robin.ref])).content.decode()

    assert '<option value="s_dash" selected' in page
    assert 'value="2009"' in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"review_on-year": "2025"}, "The review must come after the rating on 3 March 2026"),
        ({"rated_on-year": "2098"}, "The day it was rated must be on or before"),
        ({"result": ""}, "Answer “What was the result?”"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_keeps_the_words(
    browser_of_fable: Client, robin: Victim, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser_of_fable.post(reverse("screenings:record", args=[robin.ref]), TYPED | wrong)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Calls at night" in answer.content.decode()
    assert not Screening.objects.exists()


def test_a_form_sent_twice_is_kept_once_and_no_words_give_their_number_away(
    actor: Actor, robin: Victim
) -> None:
    for _ in range(2):
        record(actor, robin)
    with pytest.raises(HoldsLocator):
        record(actor, robin, "two", words=replace(SCREENED.words, reasons=f"Rang {factories.PHONE}"))

    assert Screening.objects.count() == 1


def test_a_screening_is_due_after_each_incident_and_a_screening_after_it_ends_that(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    record(actor, robin, rated_on=TODAY - timedelta(days=9))
    assert due(actor, robin) == []

    incident = factories.incident(victim=robin.ref)
    assert due(actor, robin) == ["To be reviewed: Screening of risk since the last incident"]
    page = text(browser_of_fable.get(reverse("screenings:client", args=[robin.ref])))
    assert "No screening follows this incident" in page

    after = reverse("screenings:after", args=[incident.ref])
    assert "After the incident of Tuesday 3 March 2026." in text(browser_of_fable.get(after))
    browser_of_fable.post(after, TYPED | {"form_submission": "after"}, follow=True)

    assert due(actor, robin) == []
    assert Screening.objects.get(submission="after").incident == incident
    listed = text(browser_of_fable.get(reverse("screenings:client", args=[robin.ref])))
    assert "Moderate concern After Tuesday 3 March 2026" in listed


def test_one_rated_before_the_last_day_of_an_incident_or_recorded_before_it_does_not_follow_it(
    actor: Actor, robin: Victim
) -> None:
    incident = factories.incident(victim=robin.ref)
    Incident.objects.update(ended_on=TODAY + timedelta(days=4))
    record(actor, robin, rated_on=TODAY + timedelta(days=3), days=5)
    assert due(actor, robin, 5)

    record(actor, robin, "two", rated_on=TODAY + timedelta(days=4), days=5)
    assert due(actor, robin, 5) == []

    Incident.objects.filter(pk=incident.pk).update(recorded_at=NOW + timedelta(days=6))
    assert due(actor, robin, 6)


def test_a_review_is_due_on_its_day_and_what_the_police_sent_at_once(actor: Actor, robin: Victim) -> None:
    record(actor, robin, review_on=TODAY + timedelta(days=3))
    assert due(actor, robin, 2) == []
    assert due(actor, robin, 3) == ["To be reviewed: Screening of risk"]

    commands.receive(
        actor=actors.post(),
        ref=robin.ref,
        screened=replace(SCREENED, review_on=None, rated_on=TODAY + timedelta(days=1)),
        at=NOW,
    )
    assert due(actor, robin) == ["To be reviewed: Screening of risk"]


def test_it_is_among_the_calls_to_make(browser_of_fable: Client, actor: Actor, robin: Victim) -> None:
    now = timezone.now()
    factories.incident(victim=robin.ref)

    assert "review screening of risk since the last incident" in text(browser_of_fable.get("/"))

    said = replace(SCREENED, rated_on=now.date())
    commands.record(actor=actor, ref=robin.ref, screened=said, submission="now", at=now)
    assert "screening of risk" not in text(browser_of_fable.get("/"))


def test_one_entered_in_error_counts_no_more_and_stays_readable_with_the_reason(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    factories.incident(victim=robin.ref)
    one = record(actor, robin)
    address = reverse("screenings:screening", args=[one.ref])
    assert due(actor, robin) == []

    page = text(browser_of_fable.post(address, {"reason": "Another client’s form"}, follow=True))
    again = browser_of_fable.post(address, {"reason": "Again"})

    assert "Entered in error High concern" in page
    assert again.status_code == 422
    assert "already been marked as entered in error" in text(again)
    assert "Another client’s form" in text(browser_of_fable.get(address))
    assert due(actor, robin) == ["To be reviewed: Screening of risk since the last incident"]
    with pytest.raises(Refused):
        commands.strike(actor=actor, ref=one.ref, reason="x", at=NOW)


def test_words_under_a_destroyed_key_read_erased(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    one, two = record(actor, robin), record(actor, robin, "two")
    commands.strike(actor=actor, ref=one.ref, reason="x", at=NOW)
    Victim.objects.update(state="closed", closed_at=NOW)
    manager = Actor(actor.who, Role.ADVOCACY_MANAGER, actor.area, actor.correlation)
    vault.destroy(actor=manager, victim=robin.ref, at=NOW)

    page = queries.screenings(actor=actor, ref=robin.ref, at=NOW)

    assert {row.words.result for row in page.rows} == {"Erased"}
    assert {row.struck for row in page.rows} == {"Erased", ""}
    assert two.ref in {row.ref for row in page.rows}


def test_two_screenings_are_never_added_up(browser_of_fable: Client, actor: Actor, robin: Victim) -> None:
    record(actor, robin, words=replace(SCREENED.words, result="5 of 11"))
    record(actor, robin, "two", words=replace(SCREENED.words, result="7 of 11"))

    for route in ("screenings:client", "victims:victim"):
        assert "12" not in re_results(text(browser_of_fable.get(reverse(route, args=[robin.ref]))))


def re_results(page: str) -> list[str]:
    """The numbers that stand before "of 11"."""
    words = page.split()
    return [
        words[at - 1] for at, word in enumerate(words) if word == "of" and words[at + 1 : at + 2] == ["11"]
    ]


def test_a_manager_screens_too(signed_in: Callable[..., Client], robin: Victim) -> None:
    noor = factories.account(name="Noor Quenington")
    browser = signed_in(role=Role.ADVOCACY_MANAGER, account=noor)

    answer = browser.post(reverse("screenings:record", args=[robin.ref]), TYPED)

    assert answer.status_code == 302
