"""A person puts tags on records and incidents, finds by them, and takes them off; the words are locked."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.advocacy.chronology.test_chronology import page, texts
from tests.advocacy.evidence.test_reading import CHAT, bring, choose

from desist.advocacy.evidence import commands as evidence
from desist.advocacy.evidence.models import Original
from desist.advocacy.tags import commands, queries
from desist.advocacy.tags.codes import SUGGESTED
from desist.advocacy.tags.models import Tag, Tagged
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

__all__ = ["bring"]

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def kept(actor: Actor, bring: Callable[..., Original]) -> Original:
    return choose(actor, bring(CHAT))


def put_on(
    actor: Actor, robin: Victim, words: str, *records: tuple[str, int], incidents: tuple[str, ...] = ()
) -> None:
    commands.put_on(actor=actor, ref=robin.ref, words=words, records=records, incidents=incidents, at=NOW)


def test_a_tag_narrows_the_chronology_to_what_it_is_on(actor: Actor, robin: Victim, kept: Original) -> None:
    told = factories.incident(victim=robin.ref)
    factories.order(victim=robin.ref)

    put_on(actor, robin, "Threat", (kept.ref, 3), (kept.ref, 4), incidents=(told.ref,))
    put_on(actor, robin, "threat", (kept.ref, 4), (kept.ref, 5))
    put_on(actor, robin, "Gift", (kept.ref, 4))

    threat = Tag.objects.order_by("pk")[0]
    shown = page(actor, robin, tag=threat.ref)
    assert len(texts(shown)) == 4
    assert sum(one.startswith("Incident: ") for one in texts(shown)) == 1
    assert shown.tagged[f"{kept.ref}.4"] == ("Gift", "Threat")
    assert shown.tagged[told.ref] == ("Threat",)
    assert [words for _, words in shown.tags] == ["Gift", "Threat"]
    assert texts(page(actor, robin, tag=threat.ref, act="contacting")) == []
    assert len(texts(page(actor, robin, tag=threat.ref, channel="messages"))) == 3
    assert texts(page(actor, robin, tag="nowhere")) == []
    assert b"Threat" not in bytes(threat.words)


def test_the_same_twice_is_on_once(actor: Actor, robin: Victim, kept: Original) -> None:
    told = factories.incident(victim=robin.ref)
    for _ in range(2):
        put_on(actor, robin, "Threat", (kept.ref, 3), incidents=(told.ref,))

    assert (Tag.objects.count(), Tagged.objects.count()) == (1, 2)


def test_a_tag_is_taken_off_and_stays_to_be_used_again(actor: Actor, robin: Victim, kept: Original) -> None:
    told = factories.incident(victim=robin.ref)
    put_on(actor, robin, "Threat", (kept.ref, 3), (kept.ref, 4), incidents=(told.ref,))
    tag = Tag.objects.get()

    for _ in range(2):
        commands.take_off(
            actor=actor, ref=robin.ref, tag=tag.ref, records=[(kept.ref, 3)], incidents=[told.ref], at=NOW
        )

    assert Tagged.objects.get().number == 4
    assert page(actor, robin).tags == ((tag.ref, "Threat"),)


def test_what_is_another_clients_is_as_absent_as_what_there_is_not(
    actor: Actor, robin: Victim, kept: Original
) -> None:
    other = factories.incident(victim=factories.victim().ref)

    for records, incidents in (
        ([(kept.ref, 999)], []),
        ([("nowhere", 0)], []),
        ([], [other.ref]),
        ([(factories.kept_export(victim=other.victim.ref).ref, 0)], []),
    ):
        with pytest.raises(gate.NotFound):
            commands.put_on(
                actor=actor, ref=robin.ref, words="Threat", records=records, incidents=incidents, at=NOW
            )
    assert not Tagged.objects.exists()


def test_nothing_too_many_and_words_that_lead_to_a_person_are_refused(
    actor: Actor, robin: Victim, kept: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="no record and no incident"):
        put_on(actor, robin, "Threat")
    with pytest.raises(HoldsLocator):
        put_on(actor, robin, f"On {factories.PHONE}", (kept.ref, 0))
    monkeypatch.setattr(commands, "MOST_TAGS", 1)
    put_on(actor, robin, "Threat", (kept.ref, 0))
    with pytest.raises(Refused, match="this client has 100 tags"):
        put_on(actor, robin, "Gift", (kept.ref, 0))
    put_on(actor, robin, "Threat", (kept.ref, 1))
    monkeypatch.setattr(commands, "MOST_ROWS", 1)
    with pytest.raises(Refused, match="most at once"):
        put_on(actor, robin, "Threat", (kept.ref, 0), (kept.ref, 2))
    assert Tagged.objects.count() == 2


def test_a_removed_file_leaves_no_tagged_record(actor: Actor, robin: Victim, kept: Original) -> None:
    put_on(actor, robin, "Threat", (kept.ref, 0))
    evidence.drop(actor=actor, ref=kept.ref, at=NOW)

    assert texts(page(actor, robin, tag=Tag.objects.get().ref)) == []


def test_the_words_are_among_those_that_a_disclosure_must_not_repeat(
    actor: Actor, robin: Victim, kept: Original
) -> None:
    put_on(actor, robin, "The blue kite again", (kept.ref, 0))

    assert list(queries.records(robin, vault.box(person=robin.ref))) == ["The blue kite again"]
    assert queries.tags(robin, None) == {}


def address(robin: Victim, *named: str) -> str:
    return f"{reverse('chronology:tag', args=[robin.ref])}?{'&'.join(named)}"


def test_ticked_rows_are_tagged_on_a_page(browser_of_fable: Client, robin: Victim, kept: Original) -> None:
    told = factories.incident(victim=robin.ref)
    where = address(robin, f"row={kept.ref}.0", f"row={kept.ref}.1", "row=no.x", f"incident={told.ref}")

    opened = browser_of_fable.get(where).content.decode()
    assert "2 records and 1 incident." in opened
    assert "Threat (suggested)" in opened
    answer = browser_of_fable.post(where, {"tag": SUGGESTED[0], "words": "", "what": "on"})

    assert answer["Location"] == reverse("chronology:chronology", args=[robin.ref])
    assert Tagged.objects.count() == 3
    again = browser_of_fable.get(where).content.decode()
    assert f"On some of them now: {SUGGESTED[0]}." in again
    assert f"{SUGGESTED[0]} (suggested)" not in again
    tag = Tag.objects.get()
    browser_of_fable.post(where, {"tag": tag.ref, "words": "", "what": "off"})
    assert not Tagged.objects.exists()
    browser_of_fable.post(where, {"tag": tag.ref, "words": "", "what": "on"})
    browser_of_fable.post(where, {"tag": "", "words": "Rang from a new number", "what": "on"})
    assert Tagged.objects.count() == 6
    shown = browser_of_fable.get(reverse("chronology:chronology", args=[robin.ref])).content.decode()
    assert "Rang from a new number" in shown


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"tag": "", "words": "", "what": "on"}, "Choose a tag or write other words"),
        ({"tag": SUGGESTED[0], "words": "Mine", "what": "on"}, "Choose a tag or write other words"),
        ({"tag": SUGGESTED[0], "words": "", "what": "off"}, "this one is on nothing"),
        ({"tag": "", "words": "Mine", "what": "off"}, "this one is on nothing"),
    ],
)
def test_one_tag_is_named(
    browser_of_fable: Client, robin: Victim, kept: Original, said: dict[str, str], sentence: str
) -> None:
    answer = browser_of_fable.post(address(robin, f"row={kept.ref}.0"), said)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_all_that_were_asked_for_are_tagged(browser_of_fable: Client, robin: Victim, kept: Original) -> None:
    factories.incident(victim=robin.ref)

    browser_of_fable.post(address(robin, "which=all"), {"tag": SUGGESTED[0], "words": "", "what": "on"})
    assert Tagged.objects.count() == 41
    more = {"tag": SUGGESTED[1], "words": "", "what": "on"}
    browser_of_fable.post(address(robin, "which=all", "side=client"), more)
    assert Tagged.objects.count() == 41 + 16
    assert "No record and no incident is ticked" in browser_of_fable.get(address(robin)).content.decode()


def test_too_many_records_are_said_to_be_too_many(
    browser_of_fable: Client, robin: Victim, kept: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desist.advocacy.pages.chronology.queries.MOST_ROWS", 3)

    assert "more than 5,000 records" in browser_of_fable.get(address(robin, "which=all")).content.decode()
