"""A force that is a party of the agreement is asked of people whom it referred, and where they do not stand out alone."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.programme import factories
from tests.programme.reading import text
from tests.programme.service.extracts.conftest import JANUARY, agreed
from tests.programme.service.extracts.test_anonymity import CUT, DAYS, one
from tests.programme.service.extracts.test_extracts import count, sent
from tests.programme.service.quarterly.conftest import COMMISSION

from desist.extracts import asked as asking
from desist.extracts import police
from desist.extracts.dictionary import EPISODES, SMALLEST_GROUP
from desist.keys import sitekeys
from desist.post import doors, own, payloads, seal
from desist.post.models import Agreement, Outbox, Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.programme.service.extracts import anonymity
from desist.programme.service.extracts import asking as of_forces

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(commissioner: Partner, police: Partner) -> Agreement:
    return agreed(parties=[COMMISSION, police.name])


def asked(keys: sitekeys.SiteKeys) -> payloads.Payload:
    """What the newest envelope to the police says, as their site alone can read it."""
    envelope = Outbox.objects.filter(receiver=factories.POLICE).latest("id")
    body = seal.unseal(
        header=seal.Header(envelope.ref, own.site().name, factories.POLICE),
        sealed=bytes(envelope.sealed),
        keys=[keys.current.seal],
        by=[own.keys().public.current.sign],
    )
    return doors.from_json(body.kind, body.version, body.values)


def test_the_police_are_asked_when_the_extract_is_sent(
    manager: Client,
    executive: Client,
    agreement: Agreement,
    people: list[Episode],
    police_keys: sitekeys.SiteKeys,
) -> None:
    row = count(manager, agreement)
    assert "6 people whom they referred" in text(manager.get(f"/extracts/{row.ref}/"))
    assert not Outbox.objects.exists()

    sent(manager, executive, row)

    told = asked(police_keys)
    assert isinstance(told, payloads.OutcomesAsked)
    assert (told.number, told.token, told.data_cut) == (1, row.token, row.data_cut)
    assert told.commission == COMMISSION
    found = {line.person: line for line in asking.read(told.people)}
    episodes = [
        dict(zip(EPISODES.header, line.split(","), strict=True)) for line in row.episode_lines.split("\n")
    ]
    assert set(found) == {line["person"] for line in episodes}
    days = {one.threads[0]: one.days for one in found.values()}
    for episode in people:
        referral = episode.referral
        assert days[referral.thread] == (referral.completed_at.date() - date(2026, 1, 1)).days
    assert {line["person"]: line["referral"] for line in episodes} == {
        one.person: str(one.first) for one in found.values()
    }
    assert row.asks == ""
    assert "6 people whom they referred" in text(manager.get(f"/extracts/{row.ref}/"))


def test_no_key_and_no_row_crosses_to_the_police(
    manager: Client,
    executive: Client,
    agreement: Agreement,
    people: list[Episode],
    police_keys: sitekeys.SiteKeys,
) -> None:
    row = sent(manager, executive, count(manager, agreement))

    crossing = json.dumps(doors.to_json(asked(police_keys)))

    assert row.key not in crossing
    for line in row.episode_lines.split("\n"):
        first, *later = line.split(",")[1:5]
        assert not [day for day in later if day not in {"", first} and day in crossing]
    assert row.thread not in crossing
    for referral in Referral.objects.all():
        assert referral.ref not in crossing
        assert referral.family_name not in crossing


def test_a_force_that_is_no_party_is_not_asked(
    manager: Client, executive: Client, police: Partner, people: list[Episode]
) -> None:
    row = sent(manager, executive, count(manager, agreed()))

    assert not Outbox.objects.filter(receiver=police.name).exists()
    assert row.token == ""


def test_a_force_without_software_is_not_asked(
    manager: Client, executive: Client, agreement: Agreement, people: list[Episode]
) -> None:
    Partner.objects.filter(name=factories.POLICE).update(transport=Transport.BY_HAND)

    sent(manager, executive, count(manager, agreement))

    assert not Outbox.objects.filter(receiver=factories.POLICE).exists()


def test_nobody_is_asked_for_where_the_one_who_came_otherwise_would_stand_out(
    manager: Client, executive: Client, agreement: Agreement, people: list[Episode]
) -> None:
    Referral.objects.filter(pk=people[0].referral.pk).update(partner="northmere-probation")

    row = count(manager, agreement)

    assert json.loads(row.asks) == {factories.POLICE: []}
    assert "would stand out" in text(manager.get(f"/extracts/{row.ref}/"))
    assert not sent(manager, executive, row).token


def test_a_recall_reaches_the_police_too(
    manager: Client,
    executive: Client,
    agreement: Agreement,
    people: list[Episode],
    police_keys: sitekeys.SiteKeys,
) -> None:
    row = sent(manager, executive, count(manager, agreement))

    manager.post(f"/extracts/{row.ref}/recall/", {"why": "mistake", "form_version": str(row.version)})

    told = asked(police_keys)
    assert isinstance(told, payloads.ExtractRecalled)
    assert (told.number, told.why) == (1, "mistake")


def test_a_recall_goes_on_where_writing_to_a_force_has_ended_and_the_page_says_whom_to_telephone(
    manager: Client, executive: Client, agreement: Agreement, police: Partner, people: list[Episode]
) -> None:
    row = sent(manager, executive, count(manager, agreement))
    for address in (f"/extracts/{row.ref}/", f"/extracts/{row.ref}/recall/"):
        assert "01632 960 001" not in text(manager.get(address))
    Partner.objects.filter(pk=police.pk).update(ended_at=factories.NOW)
    assert "A recall does not reach Northmere Police" in text(manager.get(f"/extracts/{row.ref}/recall/"))

    manager.post(f"/extracts/{row.ref}/recall/", {"why": "mistake", "form_version": str(row.version)})

    row.refresh_from_db()
    assert (row.state, row.episode_lines) == ("recalled", "")
    assert Outbox.objects.filter(receiver=COMMISSION).count() == 2
    assert Outbox.objects.filter(receiver=factories.POLICE).count() == 1  # what it was asked
    Partner.objects.filter(pk=police.pk).update(ended_at=None)  # that it was not told stays true
    page = text(manager.get(f"/extracts/{row.ref}/"))
    assert "The recall did not reach Northmere Police" in page
    assert "01632 960 001" in page
    assert "6 people whom they referred" in page


def test_where_writing_to_the_commissioner_has_ended_a_recall_is_refused(
    manager: Client, executive: Client, agreement: Agreement, people: list[Episode]
) -> None:
    row = sent(manager, executive, count(manager, agreement))
    Partner.objects.filter(name=COMMISSION).update(ended_at=factories.NOW)

    answer = manager.post(
        f"/extracts/{row.ref}/recall/", {"why": "mistake", "form_version": str(row.version)}
    )

    assert answer.status_code == 422
    assert "Writing to Northmere Commissioner has ended" in text(answer)
    row.refresh_from_db()
    assert row.state == "sent"


def test_a_force_that_referred_nobody_of_the_extract_is_told_apart_from_one_whose_people_would_stand_out(
    manager: Client, agreement: Agreement, people: list[Episode]
) -> None:
    Referral.objects.update(partner="northmere-probation")

    row = count(manager, agreement)

    page = text(manager.get(f"/extracts/{row.ref}/"))
    assert "Nobody: they referred nobody of this extract" in page
    assert "would stand out" not in page


def test_what_is_set_aside_keeps_nothing_that_leads_to_people(
    manager: Client, agreement: Agreement, people: list[Episode]
) -> None:
    row = count(manager, agreement)
    assert people[0].referral.thread in row.asks

    manager.post(f"/extracts/{row.ref}/set-aside/")

    row.refresh_from_db()
    assert (row.asks, row.asked) == ("", "")


FORCES = ("north", "south")
REFERRED = st.lists(st.tuples(DAYS, st.lists(st.sampled_from((*FORCES, "self")), max_size=2)), max_size=40)


@given(REFERRED)
@settings(max_examples=200, deadline=None)
def test_those_whom_forces_referred_never_stand_out_in_a_group(
    referred: list[tuple[date, list[str]]],
) -> None:
    people = [
        one(number, referral=day, eligible=None, referred=tuple((of, f"t{number}") for of in by))
        for number, (day, by) in enumerate(referred)
    ]
    made = anonymity.make(people, cut=CUT, pseudonym=lambda key: key)

    for force in FORCES:
        asks = of_forces.asked(force, FORCES, people, made.people, lambda key: key)
        groups = {line.split(",")[0]: police.group(line) for line in made.rows.episodes}
        assert not police.not_alike(groups, [of.person for of in asks])
        for of in asks:
            moved = next(line for line in made.rows.episodes if line.startswith(of.person)).split(",")[1]
            real = people[int(of.person, 16)].referral
            assert real - timedelta(days=of.days) == date.fromisoformat(moved) == of.first
            assert of.last <= CUT
    assert SMALLEST_GROUP == 5


Make = Callable[..., Episode]


def test_every_referral_of_a_person_is_asked_for(
    manager: Client, agreement: Agreement, people: list[Episode], person: Make
) -> None:
    again = person(JANUARY + timedelta(days=80)).referral
    again.given_names = people[0].referral.given_names
    again.save()

    row = count(manager, agreement)

    asks = asking.read(tuple(json.loads(row.asks)[factories.POLICE]))
    of_both = next(one for one in asks if len(one.threads) == 2)
    assert of_both.threads == (people[0].referral.thread, again.thread)
    assert of_both.first is not None
    assert of_both.first + timedelta(days=of_both.days) == people[0].referral.completed_at.date()


def test_what_is_told_begins_with_the_referral_that_counts_and_not_with_one_that_was_declined(
    manager: Client, agreement: Agreement, people: list[Episode]
) -> None:
    counts = people[0].referral
    early = factories.referral(
        partner=factories.POLICE,
        given_names=counts.given_names,
        family_name=counts.family_name,
        born=counts.born,
        completed_at=counts.completed_at - timedelta(days=60),
        state="declined",
        decline_reason="capacity",
    )

    row = count(manager, agreement)

    asks = asking.read(tuple(json.loads(row.asks)[factories.POLICE]))
    of_both = next(one for one in asks if len(one.threads) == 2)
    assert of_both.threads == (counts.thread, early.thread)
    assert of_both.first is not None
    assert of_both.first + timedelta(days=of_both.days) == counts.completed_at.date()
