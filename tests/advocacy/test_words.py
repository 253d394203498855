"""Words of the advocacy service that the police, a court or the person may read are held before they are kept.

A place by its name alone has no shape: it is found in words that leave, and only there.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.advocacy.incidents.test_incidents import TYPED as INCIDENT

from desist import locators
from desist.advocacy.contacts.models import Arrangement
from desist.advocacy.incidents.models import Addition, Incident
from desist.advocacy.safety.models import Note
from desist.advocacy.vault.spelling import REFUSED
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import Victim
from desist.post.models import ByHandTask
from desist.ui.words import ANSWER, CANNOT_READ
from desist.wall.models import AuditEvent, Clearance

pytestmark = pytest.mark.django_db

NOW = factories.NOW
PLACE = "He waited outside Saltmarsh College"
QUESTION = "Why is it safe to keep?"
WHY = "place: It belongs to a police station, court or service"


@dataclass(frozen=True)
class Leaving:
    """A field whose words leave: its page, what else is typed there, and what is made of it."""

    route: str
    field: str
    typed: dict[str, Any]
    made: type[Any]
    of_incident: bool = False

    def address(self, victim: Victim) -> str:
        about = factories.incident(victim=victim.ref).ref if self.of_incident else victim.ref
        return reverse(self.route, args=[about])

    def sent(self, words: str = PLACE, **more: str) -> dict[str, Any]:
        return {**self.typed, "form_submission": "one", self.field: words, **more}

    def kept(self) -> int:
        found: int = self.made.objects.count()
        return found


NOTE = {"layer": "evidence"}
SAID = {"form_version": "0"}
LEAVING = {
    "what happened": Leaving("incidents:record", "what", INCIDENT, Incident),
    "the effect": Leaving("incidents:record", "effect", INCIDENT, Incident),
    "witnesses": Leaving("incidents:record", "witnesses", INCIDENT, Incident),
    "where it is kept": Leaving("incidents:record", "kept", INCIDENT, Incident),
    "an addition": Leaving("incidents:incident", "words", {}, Addition, of_incident=True),
    "an evidence note": Leaving("safety:notes", "words", NOTE, Note),
    "who one says one is": Leaving("contacts:words", "say", SAID, Arrangement),
    "what one says to others": Leaving("contacts:words", "if_other", SAID, Arrangement),
}
each = pytest.mark.parametrize("one", LEAVING.values(), ids=LEAVING)


@each
@pytest.mark.parametrize("words", [PLACE, "Ring 01632 960 555", "He has wren.sings now"])
def test_words_that_leave_are_refused_in_the_one_sentence_and_stay_typed(
    browser_of_fable: Client, advocate: Any, robin: Victim, one: Leaving, words: str
) -> None:
    account = ((Kind.ONLINE, "wren.sings"),)  # of another client of hers
    factories.victim(advocate=advocate, locators=account)
    address = one.address(robin)

    answer = browser_of_fable.post(address, one.sent(words))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert REFUSED in page
    assert QUESTION in page
    assert words in page
    assert one.kept() == 0


@each
def test_a_reason_keeps_the_words_and_the_officer_sees_it(
    browser_of_fable: Client, robin: Victim, one: Leaving
) -> None:
    answer = browser_of_fable.post(one.address(robin), one.sent(**{ANSWER: "agency"}))

    assert answer.status_code == 302
    assert one.kept() == 1
    (told,) = AuditEvent.objects.filter(action="advocacy.answer_for_words")
    assert told.reason.endswith(WHY)
    assert Clearance.objects.get().row == told.row
    assert "Saltmarsh" not in told.reason + told.row


@each
def test_words_that_nobody_could_read_are_not_kept_and_stay_typed(
    browser_of_fable: Client, robin: Victim, one: Leaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = one.address(robin)

    def broken(text: str) -> tuple[locators.Finding, ...]:
        raise RecursionError

    monkeypatch.setattr(locators, "find", broken)
    answer = browser_of_fable.post(address, one.sent("Nothing of note"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert CANNOT_READ in page
    assert "Nothing of note" in page
    assert one.kept() == 0


STAYING = pytest.mark.parametrize(
    ("route", "typed"),
    [
        ("safety:notes", {"layer": "private", "words": PLACE}),
        ("contacts:words", {**SAID, "remarks": PLACE, "code_word": "Saltmarsh College"}),
        ("safety:needs", {"domain": "housing", "words": PLACE}),
        ("incidents:record", INCIDENT | {"place_detail": PLACE}),
    ],
)


@STAYING
def test_words_that_stay_are_not_kept_unread_either(
    browser_of_fable: Client,
    robin: Victim,
    route: str,
    typed: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(text: str) -> tuple[str, ...]:
        raise RecursionError

    monkeypatch.setattr(locators, "kinds", broken)
    monkeypatch.setattr(locators, "find", broken)
    answer = browser_of_fable.post(reverse(route, args=[robin.ref]), {**typed, "form_submission": "one"})

    assert answer.status_code == 422
    assert CANNOT_READ in answer.content.decode()
    assert PLACE in answer.content.decode()


@STAYING
def test_a_place_by_its_name_may_stand_in_words_that_stay(
    browser_of_fable: Client, robin: Victim, route: str, typed: dict[str, Any]
) -> None:
    sent = {**typed, "form_submission": "one"}

    assert browser_of_fable.post(reverse(route, args=[robin.ref]), sent).status_code == 302


# A crime reference crosses as it stands, so nothing else may stand there

REFERENCES: dict[str, tuple[str, dict[str, Any]]] = {
    "a new client": ("victims:start", {"way_in": "told"}),
    "an incident": ("incidents:record", INCIDENT),
    "asking the police": ("police:ask", {"police": factories.POLICE}),
    "ringing the police": ("packs:pack", {"whom": "The desk"}),
}


@pytest.mark.parametrize("one", REFERENCES)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Robin Hollow", "looks like a name"),
        ("Robin: 45/1234", "capital letters, digits"),
        ("01632 960 555", "a telephone number"),
    ],
)
def test_a_name_or_a_number_is_no_crime_reference(
    browser_of_fable: Client, robin: Victim, one: str, typed: str, sentence: str
) -> None:
    route, more = REFERENCES[one]
    factories.partner()
    about = {
        "victims:start": [],
        "packs:pack": [factories.pack(incident=factories.incident(victim=robin.ref).ref).ref],
    }.get(route, [robin.ref])

    answer = browser_of_fable.post(reverse(route, args=about), {**more, "crime_reference": typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    (said,) = re.findall(r'id="(?:id_)?crime_reference-error"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert sentence in said
    assert "like 45/01234/26" in said
    assert typed in page
    assert not ByHandTask.objects.exists()


def test_a_crime_reference_is_kept_in_capitals(browser_of_fable: Client, robin: Victim) -> None:
    sent = INCIDENT | {"crime_reference": "nm-2026-4711"}

    browser_of_fable.post(reverse("incidents:record", args=[robin.ref]), sent)

    assert Incident.objects.get().crime_reference == "NM-2026-4711"
