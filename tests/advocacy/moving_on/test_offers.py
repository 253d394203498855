"""A client is offered to a service elsewhere, with their agreement; what moves there is locked with a key of its own."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import offers, staff
from tests.advocacy import factories
from tests.offers import AT, arrives, sent
from tests.programme.reading import text

from desist.advocacy.clients import commands as clients
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import ADDED, Account
from desist.advocacy.incidents.texts import FIELD as INCIDENT
from desist.advocacy.moving_on.commands import CLIENT
from desist.advocacy.moving_on.models import ClientOffer
from desist.advocacy.safety import texts
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Consent, Victim
from desist.advocacy.victims.states import CloseReason
from desist.moving_in.offers import commands, queries
from desist.moving_in.offers.states import State
from desist.post import payloads
from desist.post.models import Outbox, Partner
from desist.references import reference
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

SAID = commands.Said(
    offers.OTHER,
    "South",
    "Fable, 01632 960 001",
    "They moved there",
    files=False,
    answer_by=AT.date() + timedelta(days=7),
    agreed_on=AT.date(),
    agreed_how="phone",
)


@pytest.fixture
def partner(db: None) -> Partner:
    return offers.other("advocacy")


@pytest.fixture
def full(robin: Victim, partner: Partner) -> Victim:
    """A client with something in every table that goes along."""
    factories.locator(victim=robin.ref)
    factories.safe_time(victim=robin.ref)
    incident = Incident.objects.get(ref=factories.incident(victim=robin.ref).ref)
    box, own = vault.box(person=robin.ref), reference()
    words = box.lock(field=ADDED, row=own, text="He came back at night")
    incident.additions.create(ref=own, words=words, added_by="carol", added_at=AT, submission=own)
    plan = boxes.lock(box, texts.PLAN, f"{robin.ref}:1", texts.Plan(now="Rings 999"))
    robin.plans.create(number=1, words=plan, review_on=AT.date(), saved_by="carol", saved_at=AT)
    return robin


@pytest.fixture
def south(manager: Actor) -> Actor:
    """The manager of the service to which the client goes: its rows lie in the same database, in another area."""
    account = factories.account(name="Idris Penhallow")
    staff.grant(account=account, role=Role.ADVOCACY_MANAGER, area="South")
    return replace(manager, who=account.ref, area="South")


def offer(manager: Actor, victim: Victim, said: commands.Said = SAID, **more: Any) -> ClientOffer:
    more = {"submission": uuid.uuid4().hex, "at": AT, **more}
    commands.offer(CLIENT, actor=manager, ref=victim.ref, said=said, **more)
    return ClientOffer.objects.filter(incoming=False).latest("pk")


def incoming(manager: Actor, victim: Victim) -> ClientOffer:
    offer(manager, victim)
    payload, _ = sent()
    arrives(payload, "theirs")
    return ClientOffer.objects.get(incoming=True)


def reply(actor: Actor, row: ClientOffer, answer: str, words: str = "", **more: Any) -> str:
    said = commands.Reply(answer, words, more.get("version", row.version))
    CLIENT.answer(actor, row.ref, said, more.get("at", AT))
    row = ClientOffer.objects.get(pk=row.pk)
    return row.victim.ref if row.victim else ""


def test_the_client_is_locked_anew_there_and_the_key_of_before_never_leaves(
    manager: Actor, south: Actor, full: Victim
) -> None:
    row = incoming(manager, full)

    there = Victim.objects.get(ref=reply(south, row, "accepted"))

    box = vault.box(person=there.ref)
    ours = boxes.unlock(vault.box(person=full.ref), FIELD, full.ref, full.identity, Identity)
    assert boxes.unlock(box, FIELD, there.ref, there.identity, Identity).name == ours.name
    assert boxes.value(box, there.locators.earliest("pk")) == boxes.value(
        vault.box(person=full.ref), full.locators.earliest("pk")
    )
    keys = PersonKey.objects.in_bulk([full.ref, there.ref], field_name="person")
    assert bytes(keys[full.ref].wrapped) != bytes(keys[there.ref].wrapped)
    assert (there.area, there.state, there.way_in) == ("South", "waiting", "service")
    assert there.incidents.count() == there.safe_times.count() == there.plans.count() == 1
    incident = there.incidents.get()
    assert "night" in boxes.unlock(box, INCIDENT, incident.ref, incident.words, Account).what
    assert set(Consent.objects.filter(victim=there).values_list("given_on", "how")) == {(AT.date(), "phone")}


def test_until_they_accept_nothing_changes_and_then_the_case_is_closed_here(
    manager: Actor, full: Victim
) -> None:
    row = offer(manager, full)
    full.refresh_from_db()
    assert full.state != "closed"

    for _ in range(2):
        arrives(payloads.CaseOfferAnswer(answer="accepted", words="", answered_at=AT), row.thread)

    full.refresh_from_db()
    assert (full.state, full.close_reason) == ("closed", CloseReason.ELSEWHERE)
    with pytest.raises(Refused, match="The case is closed"):
        offer(manager, full)


def test_a_case_that_was_closed_meanwhile_stays_closed_for_its_reason(manager: Actor, full: Victim) -> None:
    row = offer(manager, full)
    clients.close(actor=manager, ref=full.ref, reason=CloseReason.DECLINED, at=AT)

    arrives(payloads.CaseOfferAnswer(answer="accepted", words="", answered_at=AT), row.thread)

    full.refresh_from_db()
    assert full.close_reason == CloseReason.DECLINED


def test_nobody_is_offered_without_their_agreement(manager: Actor, full: Victim) -> None:
    with pytest.raises(Refused, match="ask them first"):
        offer(manager, full, replace(SAID, agreed_on=None, agreed_how=""))

    assert not Outbox.objects.exists()


def test_a_reason_that_holds_a_number_of_the_client_never_leaves(manager: Actor, full: Victim) -> None:
    number = boxes.value(vault.box(person=full.ref), full.locators.earliest("pk"))

    with pytest.raises(HoldsLocator):
        offer(manager, full, replace(SAID, reason=f"Ring {number}"))
    assert not ClientOffer.objects.exists()


def test_words_of_a_refusal_are_gone_with_the_clients_key(manager: Actor, south: Actor, full: Victim) -> None:
    reply(south, incoming(manager, full), "refused", "We are full")
    answer, _ = sent()
    mine = ClientOffer.objects.get(incoming=False)
    arrives(answer, mine.thread)
    mine.refresh_from_db()
    assert (mine.state, commands.answered(CLIENT, mine)) == (State.REFUSED, "We are full")

    PersonKey.objects.filter(person=full.ref).update(destroyed_at=AT, wrapped=b"", destroyed_by="carol")

    assert commands.answered(CLIENT, mine) == ""
    assert commands.told_here(CLIENT, mine) == ("", "")


def test_a_manager_offers_and_answers_by_the_pages(
    manager: Actor, south: Actor, signed_in: Any, full: Victim
) -> None:
    desk = signed_in(role=Role.ADVOCACY_MANAGER)
    page = text(desk.get(f"/moving-in/offers/of/{full.ref}/"))
    assert f"Ways to reach them, and places: {full.locators.count()}" in page
    assert "What stays here: files and the chronology" in page
    form = {
        "to": offers.OTHER,
        "area": "South",
        "contact": "Fable, 01632 960 001",
        "reason": "They moved",
        "answer_by-day": "1",
        "answer_by-month": "12",
        "answer_by-year": "2026",
        "form_submission": "one",
    }
    assert "Answer “How did they agree?”" in text(desk.post(f"/moving-in/offers/of/{full.ref}/", form))
    agreed = {"agreed_on-day": "20", "agreed_on-month": "11", "agreed_on-year": "2026", "agreed_how": "phone"}
    done = desk.post(f"/moving-in/offers/of/{full.ref}/", {**form, **agreed}, follow=True)
    assert "Offered. Until they accept, nothing changes here." in text(done)
    assert "Offer to a service elsewhere" in text(desk.get(f"/victims/{full.ref}/"))
    payload, _ = sent()
    arrives(payload, "theirs")
    there: Client = staff.browser(
        account=factories.account(name="Lowen Trethewey"), role=Role.ADVOCACY_MANAGER, area="South"
    )
    assert "decide whether to take over a client whom Other Service offers" in text(there.get("/"))
    row = ClientOffer.objects.get(incoming=True)
    answered = there.post(
        f"/moving-in/offers/{row.ref}/", {"answer": "accepted", "form_version": "1"}, follow=True
    )
    assert "The record has moved in" in text(answered)
    assert not list(queries.to_do(CLIENT, actor=south, at=AT))


def test_an_offer_without_a_day_of_agreement_keeps_the_consents_as_they_were_given(
    south: Actor, partner: Partner
) -> None:
    arrives(replace(factories.case_offer(), area="South", agreed_on="", agreed_how=""), "theirs")

    there = reply(south, ClientOffer.objects.get(), "accepted")

    assert Consent.objects.get(victim__ref=there).given_on == date(2026, 1, 5)
