"""Files of the client stand on an incident that they show something of; taken off, they stay among the client's files."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories

from desist.advocacy.evidence import chores
from desist.advocacy.evidence import commands as evidence
from desist.advocacy.incidents import commands, queries
from desist.advocacy.incidents.models import Incident
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.wall import gate
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
NAME = "Chat with Sam.txt"


@pytest.fixture
def incident(robin: Victim) -> Incident:
    return factories.incident(victim=robin.ref)


def page_of(browser: Client, incident: Incident, route: str = "incidents:incident") -> str:
    return browser.get(reverse(route, args=[incident.ref])).content.decode()


def test_a_file_is_put_on_an_incident_once_and_taken_off_on_its_page(
    browser_of_fable: Client, robin: Victim, incident: Incident
) -> None:
    file = factories.original(victim=robin.ref)
    address = reverse("incidents:files", args=[incident.ref])
    assert "Add files" in page_of(browser_of_fable, incident)

    assert browser_of_fable.post(address, {"chosen": "nothing"}).status_code == 422
    answer = browser_of_fable.post(address, {"chosen": [file.ref]})

    assert answer["Location"] == reverse("incidents:incident", args=[incident.ref])
    shown = page_of(browser_of_fable, incident)
    assert f'href="{reverse("evidence:file", args=[file.ref])}"><bdi>{NAME}</bdi>' in shown
    assert "Fable Trelissick" in page_of(browser_of_fable, incident, "incidents:files")
    assert incident.files.count() == 1
    assert "All files of this client are on this incident." in page_of(
        browser_of_fable, incident, "incidents:files"
    )

    off = reverse("incidents:take-off", args=[incident.ref])
    for sent in ({"file": file.ref}, {"file": file.ref}, {"file": "nothing"}, {}):
        assert browser_of_fable.post(off, sent)["Location"] == address
    assert NAME not in page_of(browser_of_fable, incident)
    assert NAME in browser_of_fable.get(reverse("evidence:files", args=[robin.ref])).content.decode()


def test_another_clients_file_is_as_absent_as_one_that_there_is_not(
    actor: Actor, robin: Victim, incident: Incident
) -> None:
    other = factories.original(victim=factories.victim(thread="another").ref)
    mine = factories.original(victim=robin.ref)

    for refs in ([other.ref], ["nothing"], [mine.ref, other.ref]):
        with pytest.raises(gate.NotFound):
            commands.put_files(actor=actor, incident=incident.ref, refs=refs, at=NOW)
    assert not incident.files.exists()


def test_a_file_that_was_removed_is_offered_no_more_and_said_to_be_removed(
    actor: Actor, browser_of_fable: Client, robin: Victim, incident: Incident
) -> None:
    file = factories.original(victim=robin.ref)
    commands.put_files(actor=actor, incident=incident.ref, refs=[file.ref], at=NOW)
    second = factories.incident(victim=robin.ref)

    evidence.drop(actor=actor, ref=file.ref, at=NOW)
    chores.go_on(at=NOW)

    assert "(removed since)" in page_of(browser_of_fable, incident)
    assert queries.choosing(actor=actor, ref=second.ref, at=NOW)[3] == ()
    with pytest.raises(gate.NotFound):
        commands.put_files(actor=actor, incident=second.ref, refs=[file.ref], at=NOW)


def test_of_a_client_whose_key_was_destroyed_no_name_is_left(
    actor: Actor, robin: Victim, incident: Incident
) -> None:
    file = factories.original(victim=robin.ref)
    commands.put_files(actor=actor, incident=incident.ref, refs=[file.ref], at=NOW)
    PersonKey.objects.update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")

    assert [one.name for one in queries.incident(actor=actor, ref=incident.ref, at=NOW).files] == ["Erased"]
