"""A breach pack: only what the client chose, open until the crime reference comes back."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import staff
from tests.advocacy import factories
from tests.advocacy.incidents.test_incidents import TYPED as INCIDENT

from desist import locators
from desist.accounts.models import Account
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import FIELD
from desist.advocacy.incidents.texts import Account as Told
from desist.advocacy.packs import commands, queries
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.packs.states import TRANSITIONS, State
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import Victim
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask
from desist.refusals import Refused
from desist.ui.words import ANSWER, CANNOT_READ
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
CRIME = "45/00077/26"
PLACE = "Saltmarsh College"
NUMBER = "01632 960 020"


@pytest.fixture(autouse=True)
def _police(db: None) -> None:
    factories.partner()


@pytest.fixture
def incident(robin: Victim) -> Incident:
    return factories.incident(victim=robin.ref)


@pytest.fixture
def browser(fable: Account) -> Client:
    return staff.browser(account=fable, role=Role.ADVOCATE)


def choose(actor: Actor, victim: Victim) -> None:
    safety.choose(
        actor=actor,
        ref=victim.ref,
        what=What.INCIDENTS,
        whom=Whom.POLICE,
        allowed=True,
        until=None,
        words="Yes",
        at=NOW,
    )


def send(actor: Actor, incident: Incident) -> BreachPack:
    ref = commands.send(actor=actor, incident=incident.ref, force=factories.POLICE, contact=NUMBER, at=NOW)
    return BreachPack.objects.get(ref=ref)


def answer(pack: BreachPack, crime: str = CRIME, token: str = "", at: datetime = NOW) -> None:
    thread = Victim.objects.get(incidents__pack=pack).thread or ""
    payload = payloads.BreachReference(pack=token or pack.token, crime_reference=crime, answered_at=at)
    with transaction.atomic():
        commands.note_reference(Received(payload, thread, factories.POLICE, NOW, actors.post()))


def test_without_the_clients_choice_nothing_is_sent(incident: Incident, browser: Client) -> None:
    page = browser.get(reverse("packs:send", args=[incident.ref])).content.decode()
    answered = browser.post(
        reverse("packs:send", args=[incident.ref]),
        {"force": factories.POLICE, "contact": NUMBER, "sure": "on"},
    )

    assert "not a crime report" in page
    assert answered.status_code == 422
    assert "has not agreed" in answered.content.decode()
    assert not ByHandTask.objects.exists()


def test_what_crosses_is_what_the_page_showed_and_no_place(
    actor: Actor, robin: Victim, incident: Incident, browser: Client
) -> None:
    choose(actor, robin)
    words = Told(what="Stood there", place="12 Quayside Steps", effect="Could not sleep")
    box = vault.box(person=robin.ref)
    Incident.objects.filter(pk=incident.pk).update(words=boxes.lock(box, FIELD, incident.ref, words))
    address = reverse("packs:send", args=[incident.ref])

    unsure = browser.post(address, {"force": factories.POLICE, "contact": NUMBER})
    first = browser.post(address, {"force": factories.POLICE, "contact": NUMBER, "sure": "on"})
    again = browser.post(address, {"force": factories.POLICE, "contact": NUMBER, "sure": "on"})

    text = ByHandTask.objects.get().text
    assert unsure.status_code == 422
    assert first.status_code == again.status_code == 302
    assert "Account: Stood there" in text
    for secret in ("Quayside", "Hollow", "Robin", "960 077", robin.ref, incident.ref):
        assert secret not in text


def test_the_page_shows_the_crime_reference_that_is_sent_and_what_else_is(
    actor: Actor, robin: Victim, incident: Incident, browser: Client
) -> None:
    choose(actor, robin)
    Victim.objects.filter(pk=robin.pk).update(crime_reference=CRIME)

    page = browser.get(reverse("packs:send", args=[incident.ref])).content.decode()
    send(actor, incident)

    assert CRIME in page
    assert CRIME in ByHandTask.objects.get().text
    assert "Only this is sent" not in page


def test_an_incident_is_sent_once(actor: Actor, robin: Victim, incident: Incident) -> None:
    choose(actor, robin)
    pack = send(actor, incident)

    assert send(actor, incident).ref == pack.ref
    assert ByHandTask.objects.count() == 1


def test_an_incident_that_gives_a_locator_away_does_not_cross(
    actor: Actor, robin: Victim, incident: Incident
) -> None:
    choose(actor, robin)
    box = vault.box(person=robin.ref)
    told = Told(what="Stood there", kept=f"On the telephone {factories.PHONE}")
    Incident.objects.filter(pk=incident.pk).update(words=boxes.lock(box, FIELD, incident.ref, told))

    with pytest.raises(HoldsLocator):
        send(actor, incident)

    assert not BreachPack.objects.exists()
    assert not ByHandTask.objects.exists()


@pytest.mark.parametrize("kept", ["Robin Hollow", "01632 960 077"])
def test_what_was_typed_for_a_crime_reference_and_is_none_does_not_cross(
    actor: Actor, robin: Victim, incident: Incident, kept: str
) -> None:
    """Anything could be typed there before."""
    choose(actor, robin)
    Victim.objects.filter(pk=robin.pk).update(crime_reference=kept)
    Incident.objects.filter(pk=incident.pk).update(crime_reference=kept)

    with pytest.raises(HoldsLocator):
        send(actor, incident)
    Incident.objects.filter(pk=incident.pk).update(crime_reference="")
    send(actor, incident)

    assert kept not in ByHandTask.objects.get().text


def test_the_page_says_why_an_incident_does_not_cross(
    actor: Actor, robin: Victim, incident: Incident, browser: Client
) -> None:
    choose(actor, robin)
    box = vault.box(person=robin.ref)
    told = Told(what=f"Called {factories.PHONE}")
    Incident.objects.filter(pk=incident.pk).update(words=boxes.lock(box, FIELD, incident.ref, told))
    typed = {"force": factories.POLICE, "contact": NUMBER, "sure": "on"}

    answered = browser.post(reverse("packs:send", args=[incident.ref]), typed)

    assert answered.status_code == 422
    assert "record the incident again without them" in answered.content.decode()


def test_an_incident_that_nobody_could_read_does_not_cross(
    actor: Actor, robin: Victim, incident: Incident, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(actor, robin)

    def broken(text: str) -> tuple[locators.Finding, ...]:
        raise RecursionError

    monkeypatch.setattr(locators, "find", broken)
    typed = {"force": factories.POLICE, "contact": NUMBER, "sure": "on"}
    answered = browser.post(reverse("packs:send", args=[incident.ref]), typed)

    assert answered.status_code == 422
    assert CANNOT_READ in answered.content.decode()
    assert "Stood there" not in printed(browser, incident.ref)
    assert not ByHandTask.objects.exists()


# What is printed: recorded before words were held, or since


def printed(browser: Client, incident: str) -> str:
    return browser.get(reverse("packs:paper", args=[incident])).content.decode()


def test_a_paper_leaves_out_what_may_lead_to_a_person_and_says_so(
    actor: Actor, robin: Victim, incident: Incident, browser: Client
) -> None:
    box = vault.box(person=robin.ref)
    vault.keep(actor=actor, victim=robin.ref, kind=Kind.ONLINE, value="robin.sings", submission="k", at=NOW)
    told = Told(what=f"Stood at {PLACE}", effect="He has robin.sings", kept="On a stick")
    Incident.objects.filter(pk=incident.pk).update(
        words=boxes.lock(box, FIELD, incident.ref, told), crime_reference="Robin Hollow"
    )

    page = printed(browser, incident.ref)

    assert "Left out of this paper: what happened, effect, crime reference." in page
    assert "On a stick" in page
    for secret in (PLACE, "robin.sings", "Robin Hollow"):
        assert secret not in page


@pytest.mark.parametrize("words", [f"Stood at {PLACE}", "Rang from 01632 960 555"])
def test_what_was_answered_for_is_printed_and_crosses_without_another_question(
    actor: Actor, robin: Victim, browser: Client, words: str
) -> None:
    choose(actor, robin)
    sent = INCIDENT | {"what": words, ANSWER: "nobody_protected"}
    browser.post(reverse("incidents:record", args=[robin.ref]), sent)
    incident = Incident.objects.get()

    assert words in printed(browser, incident.ref)
    assert "Left out" not in printed(browser, incident.ref)
    send(actor, incident)
    assert f"Account: {words}" in ByHandTask.objects.get().text


def test_a_destroyed_key_leaves_nothing_to_print(robin: Victim, incident: Incident, browser: Client) -> None:
    PersonKey.objects.filter(person=robin.ref).update(destroyed_at=NOW, destroyed_by="noor", wrapped=b"")

    assert "Erased" in printed(browser, incident.ref)


def test_another_force_than_the_one_spoken_with_is_refused(
    actor: Actor, robin: Victim, incident: Incident, browser: Client
) -> None:
    choose(actor, robin)
    factories.partner(name="other-police")
    Victim.objects.filter(pk=robin.pk).update(thread="t", partner="other-police")

    with pytest.raises(Refused):
        send(actor, incident)
    page = browser.get(reverse("packs:send", args=[incident.ref])).content.decode()

    assert 'value="other-police"' in page
    assert f'value="{factories.POLICE}"' not in page


def test_after_four_hours_without_a_crime_reference_somebody_rings(
    actor: Actor, robin: Victim, incident: Incident, browser: Client
) -> None:
    choose(actor, robin)
    pack = send(actor, incident)
    hour = timedelta(hours=1)

    assert queries.due(actor=actor, at=NOW + 3 * hour) == ()
    (line,) = queries.due(actor=actor, at=NOW + 5 * hour)
    home = browser.get("/").content.decode()
    page = reverse("packs:pack", args=[pack.ref])
    late = browser.get(page).content.decode()
    browser.post(page, {"whom": "The desk", "form_submission": "one"})
    browser.post(page, {"whom": "The desk", "form_submission": "one"})

    pack.refresh_from_db()
    assert (line.ref, line.force) == (pack.ref, "Northmere Police")
    assert "no crime reference yet" in home
    assert "ring them" in late
    assert pack.calls.count() == 1
    assert queries.due(actor=actor, at=timezone.now()) == ()
    assert len(queries.due(actor=actor, at=timezone.now() + 5 * hour)) == 1


def test_the_crime_reference_comes_back_and_nobody_rings_any_more(
    actor: Actor, robin: Victim, incident: Incident, browser: Client
) -> None:
    choose(actor, robin)
    pack = send(actor, incident)

    answer(pack)
    answer(pack, "45/00078/26")

    pack.refresh_from_db()
    assert (pack.state, pack.crime_reference) == ("recorded", CRIME)
    assert queries.due(actor=actor, at=NOW + timedelta(days=2)) == ()
    page = reverse("packs:pack", args=[pack.ref])
    assert f"Crime reference {CRIME}" in browser.get(page).content.decode()
    assert browser.post(page, {"whom": "The desk"}).status_code == 422


def test_a_crime_reference_that_was_said_on_the_telephone_closes_it_too(
    actor: Actor, robin: Victim, incident: Incident
) -> None:
    choose(actor, robin)
    pack = send(actor, incident)

    commands.ring(actor=actor, ref=pack.ref, whom="The desk", crime_reference=CRIME, submission="x", at=NOW)
    answer(pack, "45/1/26")

    pack.refresh_from_db()
    assert (pack.state, pack.crime_reference) == ("recorded", CRIME)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_crime_reference_that_the_police_put_right_holds_in_whatever_order_they_come(
    actor: Actor, robin: Victim, incident: Incident, order: tuple[int, int]
) -> None:
    choose(actor, robin)
    pack = send(actor, incident)
    told = [(CRIME, NOW), ("45/00079/26", NOW + timedelta(hours=2))]

    for number in order:
        answer(pack, told[number][0], at=told[number][1])

    pack.refresh_from_db()
    assert pack.crime_reference == "45/00079/26"


def test_what_was_said_on_the_telephone_stays_whatever_comes_later(
    actor: Actor, robin: Victim, incident: Incident
) -> None:
    choose(actor, robin)
    pack = send(actor, incident)
    commands.ring(actor=actor, ref=pack.ref, whom="The desk", crime_reference=CRIME, submission="x", at=NOW)

    answer(pack, "45/1/26", at=NOW + timedelta(hours=2))

    pack.refresh_from_db()
    assert pack.crime_reference == CRIME


@pytest.mark.parametrize(("token", "crime"), [("another", CRIME), ("", "")])
def test_a_crime_reference_for_nothing_is_kept_for_an_administrator(
    actor: Actor, robin: Victim, incident: Incident, token: str, crime: str
) -> None:
    choose(actor, robin)
    pack = send(actor, incident)

    with pytest.raises(CannotHandle):
        answer(pack, crime, token)


def test_the_paper_says_what_it_is_not_and_leads_nowhere(
    robin: Victim, incident: Incident, browser: Client
) -> None:
    page = browser.get(reverse("packs:paper", args=[incident.ref])).content.decode()

    assert "This is not a crime report." in page
    assert "Stood there" in page
    assert "Quayside" not in page
    assert "Hollow" not in page


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)


def test_only_a_number_is_sent_to_ring_back(
    actor: Actor, robin: Victim, incident: Incident, browser: Client
) -> None:
    choose(actor, robin)
    address, words = reverse("packs:send", args=[incident.ref]), "7a Otterfell Quay"

    refused = browser.post(address, {"force": factories.POLICE, "contact": words, "sure": "on"})

    assert refused.status_code == 422
    assert "Enter a telephone number in digits" in refused.content.decode()
    assert not BreachPack.objects.exists()
