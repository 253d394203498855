"""What happened while an order was in force is listed, and a person says whether it may be a breach."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.advocacy import factories
from tests.advocacy.evidence.test_reading import CHAT, SAM, bring, choose

from desist.advocacy.candidates import chores, commands, queries, states
from desist.advocacy.candidates.models import Candidate
from desist.advocacy.candidates.states import ACTS, TRANSITIONS, WAYS, State
from desist.advocacy.evidence import commands as evidence
from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import HourCount, Original
from desist.advocacy.exhibits.models import Exhibit, ExhibitRow
from desist.advocacy.incidents.models import Incident
from desist.advocacy.orders.models import ClientOrder
from desist.advocacy.packs import commands as packs
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.codes import Behaviour
from desist.incident_codes import Channel
from desist.partnership.orders.codes import Channel as Subject
from desist.post.models import ByHandTask
from desist.refusals import Refused
from desist.wall.actors import Actor

__all__ = ["bring"]

pytestmark = pytest.mark.django_db

NOW = factories.NOW
WHY = "They say it is his number"
MADE = {"state": "made", "digest": "0" * 64, "closed_at": NOW}


@pytest.fixture
def order(robin: Victim) -> ClientOrder:
    """An order that forbids contact, handed over on 15 March 2024."""
    row = factories.order(victim=robin.ref)
    served = {"served_on": date(2024, 3, 15), "subjects": ["contact"], "ends_on": date(2024, 12, 31)}
    ClientOrder.objects.filter(pk=row.pk).update(**served)
    row.refresh_from_db()
    return row


def told(robin: Victim, day: date, *acts: str) -> Incident:
    """An incident of a day."""
    row = factories.incident(victim=robin.ref)
    Incident.objects.filter(pk=row.pk).update(happened_on=day, behaviours=list(acts or ["contacting"]))
    return row


def found() -> list[tuple[date, int, str]]:
    chores.look(at=NOW)
    return list(Candidate.objects.order_by("day", "number").values_list("day", "number", "state"))


def one(**of: Any) -> Candidate:
    chores.look(at=NOW)
    return Candidate.objects.get(**of)


def test_incidents_of_its_kind_while_it_was_in_force_are_found_once(
    robin: Victim, order: ClientOrder
) -> None:
    told(robin, date(2024, 3, 14))
    told(robin, date(2024, 3, 15))
    told(robin, date(2024, 5, 1), "watching")
    told(robin, date(2025, 1, 1))

    assert found() == found() == [(date(2024, 3, 15), 0, "open")]


def test_an_order_whose_conditions_are_not_coded_leaves_nothing_out(
    robin: Victim, order: ClientOrder
) -> None:
    ClientOrder.objects.update(subjects=[], ends_on=None)
    told(robin, date(2024, 5, 1), "watching")
    told(robin, date(2025, 5, 1))

    assert [day for day, _, _ in found()] == [date(2024, 5, 1), date(2025, 5, 1)]


@pytest.mark.usefixtures("order")
def test_days_with_contacts_in_the_records_are_found(
    actor: Actor, robin: Victim, bring: Callable[..., Original]
) -> None:
    row = choose(actor, bring(CHAT))
    assert found() == [(date(2024, 3, 15), 6, "open"), (date(2024, 3, 16), 6, "open")]

    evidence.put_right(actor=actor, ref=row.ref, client=[], person=[], at=NOW)
    assert found() == []

    evidence.drop(actor=actor, ref=row.ref, at=NOW)
    evidence.remove(at=NOW)
    assert found() == []


@pytest.mark.usefixtures("order")
def test_a_further_export_changes_the_number_of_a_day(
    actor: Actor, robin: Victim, bring: Callable[..., Original]
) -> None:
    choose(actor, bring(CHAT))
    assert found()[0][1] == 6

    choose(actor, bring(f"15/03/2024, 09:00 - {SAM}: Morning\n16/03/2024, 09:00 - {SAM}: Up?\n"))

    assert [number for _, number, _ in found()] == [7, 7]


@pytest.mark.usefixtures("order")
def test_an_order_not_about_contact_finds_no_messages(actor: Actor, bring: Callable[..., Original]) -> None:
    ClientOrder.objects.update(subjects=["area"])
    choose(actor, bring(CHAT))

    assert found() == []


def test_nothing_new_is_nothing_to_do(robin: Victim, order: ClientOrder) -> None:
    told(robin, date(2024, 3, 15))
    found()
    Candidate.objects.all().delete()

    assert found() == []


def test_the_page_says_which_condition_and_a_person_decides(
    browser_of_fable: Client, robin: Victim, order: ClientOrder
) -> None:
    told(robin, date(2024, 3, 15))
    row = one()

    listed = browser_of_fable.get(reverse("candidates:candidates", args=[robin.ref])).content.decode()
    page = browser_of_fable.get(reverse("candidates:candidate", args=[row.ref])).content.decode()

    assert "Not to contact the protected person" in listed
    assert "Not to contact the protected person" in page
    assert "Check which came first" in page
    assert (
        "May be a breach of the order: 1 to look at"
        in browser_of_fable.get(reverse("victims:victim", args=[robin.ref])).content.decode()
    )
    assert "look at what may be a breach of the order: 1" in browser_of_fable.get("/").content.decode()


@pytest.mark.usefixtures("order")
def test_a_confirmed_incident_leads_to_the_report(browser_of_fable: Client, robin: Victim) -> None:
    incident = told(robin, date(2024, 3, 20))
    row = one()
    address = reverse("candidates:candidate", args=[row.ref])

    assert browser_of_fable.post(address, {"decision": "confirm"}).status_code == 422
    answer = browser_of_fable.post(address, {"decision": "confirm", "reason": WHY})

    assert answer["Location"] == reverse("packs:send", args=[incident.ref])
    row.refresh_from_db()
    assert (row.state, row.incident_id) == (State.CONFIRMED, incident.pk)
    assert WHY.encode() not in bytes(row.words)
    shown = browser_of_fable.get(address).content.decode()
    assert WHY in shown
    assert "Send the report to the police" in shown
    factories.pack(incident=incident.ref)
    assert "See the report to the police" in browser_of_fable.get(address).content.decode()
    assert found() == [(date(2024, 3, 20), 0, "confirmed")]


@pytest.mark.usefixtures("order")
def test_a_confirmed_day_becomes_one_incident(
    actor: Actor, browser_of_fable: Client, robin: Victim, bring: Callable[..., Original]
) -> None:
    choose(actor, bring(CHAT))
    row = one(day=date(2024, 3, 16))
    address = reverse("candidates:candidate", args=[row.ref])
    typed = {"decision": "confirm", "reason": WHY, "form_submission": "once"}

    assert browser_of_fable.post(address, typed).status_code == 422
    answer = browser_of_fable.post(address, typed | {"account": "Six messages in the evening"})

    incident = Incident.objects.get()
    assert answer["Location"] == reverse("packs:send", args=[incident.ref])
    assert (incident.happened_on, incident.times, incident.marks) == (date(2024, 3, 16), 6, ["order"])
    assert found() == [(date(2024, 3, 15), 6, "open"), (date(2024, 3, 16), 6, "confirmed")]


def confirmed(actor: Actor, day: date) -> Incident:
    """The incident of a day of contacts that was confirmed."""
    ref = one(day=day).ref
    made = commands.confirm(
        actor=actor, ref=ref, reason=WHY, account="Six messages", submission="once", at=NOW
    )
    return Incident.objects.get(ref=made)


@pytest.mark.usefixtures("order")
def test_a_report_names_the_exhibit_of_its_day_by_itself(
    actor: Actor, browser_of_fable: Client, robin: Victim, bring: Callable[..., Original]
) -> None:
    row = choose(actor, bring(CHAT))
    person = keeping.answers(vault.box(person=robin.ref), row).person
    day = [
        (row.ref, record.number)
        for record in row.records.filter(sender__in=person).order_by("number")
        if record.at and record.at.date() == date(2024, 3, 16)
    ]
    incident = confirmed(actor, date(2024, 3, 16))
    pages = [
        reverse("candidates:candidate", args=[Candidate.objects.get(incident=incident).ref]),
        reverse("packs:send", args=[incident.ref]),
    ]

    for page in pages:
        shown = browser_of_fable.get(page).content.decode()
        offered = unescape(re.search(r'href="([^"]*/put/[^"]*)"', shown)[1])  # type: ignore[index]  # it is there
        assert "6 records" in browser_of_fable.get(offered).content.decode()
    _exhibit(robin, row, day, number="JD/7", state="ended")
    first = _exhibit(robin, row, day[1:], number="JD/8", **MADE)
    newer = _exhibit(robin, row, day, number="JD/9", before=first)
    both = queries.exhibited(incident=incident)
    assert both
    assert both.on == (("JD/8", 5), ("JD/9", 6))
    Exhibit.objects.filter(pk=newer.pk).update(**MADE)
    named = "Exhibit JD/9: 6 of the 6 messages and calls of that day"
    for page in (*pages, reverse("packs:paper", args=[incident.ref])):
        shown = browser_of_fable.get(page).content.decode()
        assert named in shown
        assert "JD/8" not in shown
    factories.partner()
    factories.choice(victim=robin.ref, whom="police")
    packs.send(
        actor=actor, incident=incident.ref, force=factories.POLICE, contact="01632 960 020", at=timezone.now()
    )
    assert named in ByHandTask.objects.get().text


def _exhibit(robin: Victim, row: Original, day: list[tuple[str, int]], **fields: Any) -> Exhibit:
    """An exhibit with records of an export."""
    named = {"caption": b"", "statement": b"", "begun_by": "carol", "begun_at": NOW}
    made = Exhibit.objects.create(victim=robin, submission=fields["number"], **named, **fields)
    made.rows.bulk_create(ExhibitRow(exhibit=made, original=row, number=number) for _, number in day)
    return made


def test_an_incident_of_no_day_names_no_exhibit(robin: Victim) -> None:
    assert queries.exhibited(incident=told(robin, date(2024, 3, 20))) is None


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        ("message", Channel.TEXT),
        ("email", Channel.EMAIL),
        ("call", Channel.CALL),
        ("voicemail", Channel.CALL),
    ],
)
def test_the_incident_of_a_day_has_the_channel_of_most_contacts(
    actor: Actor, robin: Victim, kind: str, channel: Channel
) -> None:
    factories.kept_export(victim=robin.ref)
    HourCount.objects.update(kind=kind)
    row = one(day=date(2024, 3, 16))

    commands.confirm(actor=actor, ref=row.ref, reason=WHY, account="One", submission="once", at=NOW)

    assert Incident.objects.get().channel == channel


@pytest.mark.usefixtures("order")
def test_what_is_set_aside_stays_aside_and_can_be_taken_up_again(
    actor: Actor, browser_of_fable: Client, robin: Victim
) -> None:
    incident = told(robin, date(2024, 3, 20))
    row = one()
    address = reverse("candidates:candidate", args=[row.ref])

    answer = browser_of_fable.post(address, {"decision": "aside", "reason": "It was her brother"})

    assert answer["Location"] == reverse("candidates:candidates", args=[robin.ref])
    assert commands.set_aside(actor=actor, ref=row.ref, reason="again", at=NOW) == robin.ref
    Incident.objects.update(behaviours=["watching"])
    ClientOrder.objects.update(told_at=NOW + timedelta(hours=1))
    assert found() == [(date(2024, 3, 20), 0, "aside")]
    assert (
        commands.confirm(actor=actor, ref=row.ref, reason=WHY, account="", submission="x", at=NOW)
        == incident.ref
    )
    with pytest.raises(Refused, match="decided already"):
        commands.set_aside(actor=actor, ref=row.ref, reason=WHY, at=NOW)


@pytest.mark.usefixtures("order")
def test_a_reason_holds_no_address_of_the_client(actor: Actor, robin: Victim) -> None:
    told(robin, date(2024, 3, 20))

    with pytest.raises(HoldsLocator):
        commands.set_aside(actor=actor, ref=one().ref, reason=f"Ring {factories.PHONE}", at=NOW)


@pytest.mark.usefixtures("order")
def test_of_a_client_whose_key_was_destroyed_no_words_are_left(
    actor: Actor, browser_of_fable: Client, robin: Victim, bring: Callable[..., Original]
) -> None:
    choose(actor, bring(CHAT))
    told(robin, date(2024, 3, 20))
    row = one(day=date(2024, 3, 20))
    commands.set_aside(actor=actor, ref=row.ref, reason=WHY, at=NOW)
    PersonKey.objects.update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")
    ClientOrder.objects.update(told_at=NOW + timedelta(hours=1))

    assert found() == [(date(2024, 3, 20), 0, "aside")]
    page = browser_of_fable.get(reverse("candidates:candidate", args=[row.ref])).content.decode()
    assert WHY not in page
    assert "have not released the words" in page


def test_without_an_order_there_is_nothing_to_look_at(browser_of_fable: Client, robin: Victim) -> None:
    told(robin, date(2024, 3, 20))

    assert found() == []
    page = browser_of_fable.get(reverse("candidates:candidates", args=[robin.ref])).content.decode()
    assert "Nothing to look at" in page


def test_subjects_are_codes_of_the_police_and_every_act_has_some() -> None:
    known = set(Subject.values)

    assert set(ACTS) == set(Behaviour.values)
    assert set(WAYS) <= set(Channel.values)
    assert {subject for some in (*ACTS.values(), *WAYS.values()) for subject in some} <= known
    assert set(TRANSITIONS) == set(State)
    assert states.matches(frozenset(), ["other"])


def test_conditions_without_a_matching_subject_are_not_named(
    actor: Actor, robin: Victim, order: ClientOrder
) -> None:
    ClientOrder.objects.update(subjects=["contact", "area"])
    told(robin, date(2024, 3, 20))

    assert queries.candidate(actor=actor, ref=one().ref, at=NOW)[1].conditions == (
        "Not to contact the protected person, directly or through anyone else",
    )
