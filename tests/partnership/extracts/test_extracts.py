"""A force tells an evaluator what it recorded of people whom it referred: signed by one, sent by another, nobody stands out."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.partnership import factories
from tests.partnership.conftest import POLICE
from tests.partnership.extracts.conftest import (
    COMMISSION,
    CUT,
    FIRST,
    MOVED,
    REFERRED,
    UNTIL,
    breach,
    order,
    pseudonym,
    step,
)
from tests.programme.reading import text

from desist.extracts import asked as asking
from desist.extracts import police
from desist.keys import sitekeys
from desist.partnership.extracts import chores, commands
from desist.partnership.extracts.models import OutcomeExtract
from desist.partnership.referrals.models import Referral
from desist.post import doors, own, payloads, seal
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.post.models import Agreement, ByHandTask, Outbox, Partner
from desist.post.transports import Transport
from desist.wall import actors
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db


def asked(referrals: list[Referral], **fields: Any) -> payloads.OutcomesAsked:
    """What the programme asks: everyone is alike, and the days of all go back to the first of January."""
    people = tuple(
        asking.Asked(pseudonym(number), MOVED, CUT, 0, (str(row.thread),), FIRST).text
        for number, row in enumerate(referrals)
    )
    made: dict[str, Any] = {
        "area": referrals[0].area,
        "number": 3,
        "token": "token-of-the-extract",
        "commission": COMMISSION,
        "agreement": "Evaluation of the Northmere service",
        "evaluator": "University of Northmere",
        "until": UNTIL,
        "data_cut": CUT,
        "people": people,
    }
    return payloads.OutcomesAsked(**made | fields)


def arrived(payload: payloads.Payload, sender: str = "northmere-programme") -> Received:
    return Received(
        payload=payload, thread="asked", sender=sender, at=REFERRED, actor=actors.post(), arrived_at=REFERRED
    )


@pytest.fixture
def extract(referrals: list[Referral], programme: Partner) -> OutcomeExtract:
    commands.receive(arrived(asked(referrals), programme.name))
    return OutcomeExtract.objects.get()


def count(lead: Client, row: OutcomeExtract, agreement: Agreement) -> Any:
    row.refresh_from_db()
    answer = lead.post(
        f"/extracts/{row.ref}/count/", {"agreement": agreement.ref, "form_version": str(row.version)}
    )
    row.refresh_from_db()
    return answer


def send(client: Client, row: OutcomeExtract) -> Any:
    row.refresh_from_db()
    answer = client.post(
        f"/extracts/{row.ref}/send/", {"partner": COMMISSION, "form_version": str(row.version)}
    )
    row.refresh_from_db()
    return answer


def opened(keys: sitekeys.SiteKeys) -> Any:
    """What the newest envelope says, as the commissioner's site alone can read it."""
    envelope = Outbox.objects.latest("id")
    body = seal.unseal(
        header=seal.Header(envelope.ref, own.site().name, COMMISSION),
        sealed=bytes(envelope.sealed),
        keys=[keys.current.seal],
        by=[own.keys().public.current.sign],
    )
    return doors.from_json(body.kind, body.version, body.values)


def test_what_was_recorded_is_counted_signed_and_sent_by_a_second_person(
    *,
    lead: Client,
    coordinator: Client,
    extract: OutcomeExtract,
    referrals: list[Referral],
    agreement: Agreement,
    commission_keys: sitekeys.SiteKeys,
) -> None:
    assert "Count what the police recorded for extract 3" in text(lead.get("/"))
    for row in referrals[:5]:
        made = order(row)
        breach(made, 10, "arrest", also_stalking=True)
        step(made, "charged", 12, "breach")
    count(lead, extract, agreement)

    page = text(lead.get(f"/extracts/{extract.ref}/"))
    assert "People 10" in page
    assert "Smallest group 5 people" in page
    lead.post(f"/extracts/{extract.ref}/sign/")
    assert send(lead, extract).status_code == 422
    assert "Send what the police recorded for extract 3" in text(coordinator.get("/"))
    send(coordinator, extract)

    told = opened(commission_keys)
    assert isinstance(told, payloads.PoliceOutcomes)
    assert (told.number, told.token, told.until) == (3, "token-of-the-extract", UNTIL)
    assert told.people == tuple(pseudonym(number) for number in range(10))
    first = pseudonym(0)
    assert [line for line in told.recorded if line.startswith(first)] == [
        f"{first},2026-01-11,breach,acted on",
        f"{first},2026-01-11,stalking,",
        f"{first},2026-01-13,charged,",
    ]
    assert told.orders[0] == f"{first},2026-01-07,,full"
    assert extract.state == "sent"
    assert extract.asked_lines == ""


def test_nothing_that_leads_to_a_person_crosses(
    *,
    lead: Client,
    coordinator: Client,
    extract: OutcomeExtract,
    referrals: list[Referral],
    agreement: Agreement,
    commission_keys: sitekeys.SiteKeys,
) -> None:
    for row in referrals[:5]:
        breach(order(row), 10, "charge", account="Waited at the school", crime_reference="NP/1/26")
    count(lead, extract, agreement)
    lead.post(f"/extracts/{extract.ref}/sign/")
    send(coordinator, extract)

    crossing = json.dumps(doors.to_json(opened(commission_keys)))

    for row in referrals:
        for planted in (row.given_names, row.family_name, str(row.born), str(row.thread), row.ref):
            assert planted not in crossing
    for planted in ("school", "NP/1", "2026-01-30", "2026-01-20", "protected"):
        assert planted not in crossing
    assert "breach,acted on" in crossing


def test_what_nobody_decided_on_and_what_has_no_day_is_not_told(
    lead: Client, extract: OutcomeExtract, referrals: list[Referral], agreement: Agreement
) -> None:
    for row in referrals[:5]:
        made = order(row)
        breach(made, 10, "", also_stalking=True)  # reported, and nothing decided
        breach(made, 11, "no_breach")
        breach(made, 12, "excuse")
        breach(made, -3, "arrest")  # before the referral
        breach(made, 13, "investigate")
        breach(made, 120, "arrest")  # after the day to which all are followed
    for row in referrals[5:]:
        order(row, state="made", served_on=None, served_how="")

    count(lead, extract, agreement)

    assert {line.split(",", 1)[1] for line in extract.recorded_lines.split("\n")} == {
        "2026-01-14,breach,under inquiry"
    }
    assert {line.split(",")[0] for line in extract.order_lines.split("\n")} == {
        pseudonym(number) for number in range(5)
    }


@pytest.mark.parametrize(
    ("convicted", "left_out"), [(4, {"no_convicted": 0}), (5, {}), (6, {"no_convicted": 0})]
)
def test_a_small_cell_is_not_told(
    *,
    lead: Client,
    extract: OutcomeExtract,
    referrals: list[Referral],
    agreement: Agreement,
    convicted: int,
    left_out: dict[str, int],
) -> None:
    for row in referrals[:convicted]:
        made = order(row)
        breach(made, 10, "investigate")
        step(made, "charged", 11, "breach")
        step(made, "outcome", 20, "pleaded")
    for row in referrals[convicted:]:
        made = order(row)
        breach(made, 10, "investigate")
        step(made, "charged", 11, "breach")

    count(lead, extract, agreement)

    assert json.loads(extract.left_out) == left_out
    assert ("convicted" in extract.recorded_lines) == (not left_out)
    assert "charged" in extract.recorded_lines


def test_a_restricted_case_takes_those_who_are_alike_with_it_where_too_few_are_left(
    lead: Client, extract: OutcomeExtract, referrals: list[Referral], agreement: Agreement
) -> None:
    Restriction.objects.create(
        case=referrals[0].ref, reason="A colleague is a neighbour", made_by="carol", made_at=REFERRED
    )

    answer = count(lead, extract, agreement)

    assert answer.status_code == 422
    assert "no 5 people whom you referred are alike" in text(answer)
    assert extract.state == "asked"


@pytest.mark.parametrize("case", ["person", "referral"])
def test_an_order_that_only_named_people_may_see_is_not_told(
    lead: Client, extract: OutcomeExtract, referrals: list[Referral], agreement: Agreement, case: str
) -> None:
    for row in referrals[:5]:
        hidden = order(row, referral=factories.referral(given_names="Another", state="accepted"))
        Restriction.objects.create(
            case=getattr(hidden, case).ref,
            reason="A colleague is a neighbour",
            made_by="carol",
            made_at=REFERRED,
        )

    count(lead, extract, agreement)

    assert extract.people_lines.split("\n") == [pseudonym(number) for number in range(5, 10)]
    assert json.loads(extract.left_out) == {"not_found": 5}
    assert extract.order_lines == ""


def test_without_an_agreement_of_its_own_the_force_counts_nothing(
    lead: Client, extract: OutcomeExtract, agreement: Agreement
) -> None:
    Agreement.objects.update(ended_on=date(2026, 7, 1), ended_by="carol")

    assert "No agreement in force is for an evaluation" in text(lead.get(f"/extracts/{extract.ref}/count/"))
    assert count(lead, extract, agreement).status_code == 422
    assert extract.state == "asked"


def test_the_rows_go_to_the_commissioner_who_has_the_extract_alone(
    lead: Client, coordinator: Client, extract: OutcomeExtract, agreement: Agreement
) -> None:
    count(lead, extract, agreement)
    lead.post(f"/extracts/{extract.ref}/sign/")
    OutcomeExtract.objects.update(commission="southvale-commission")

    assert "is with southvale-commission" in text(coordinator.get(f"/extracts/{extract.ref}/send/"))
    assert send(coordinator, extract).status_code == 422
    assert not Outbox.objects.exists()


def test_rows_in_which_a_person_stands_out_by_rules_newer_than_their_count_are_not_sent(
    lead: Client, coordinator: Client, extract: OutcomeExtract, agreement: Agreement
) -> None:
    count(lead, extract, agreement)
    lead.post(f"/extracts/{extract.ref}/sign/")
    OutcomeExtract.objects.update(recorded_lines=f"{pseudonym(0)},2026-01-11,breach,acted on")

    answer = send(coordinator, extract)

    assert answer.status_code == 422
    assert "fewer than 5 people are alike in these rows" in text(answer)
    assert not Outbox.objects.exists()


def test_by_hand_no_row_is_read_out(
    lead: Client, coordinator: Client, extract: OutcomeExtract, agreement: Agreement
) -> None:
    Partner.objects.filter(name=COMMISSION).update(transport=Transport.BY_HAND)
    count(lead, extract, agreement)
    lead.post(f"/extracts/{extract.ref}/sign/")

    send(coordinator, extract)

    told = ByHandTask.objects.get().text
    assert "People: handed over separately" in told
    assert pseudonym(0) not in told
    assert pseudonym(0) in lead.get(f"/extracts/{extract.ref}/file/people/").content.decode()


def test_the_programme_recalls_its_extract(
    lead: Client, extract: OutcomeExtract, agreement: Agreement, programme: Partner
) -> None:
    count(lead, extract, agreement)

    commands.note_recall(arrived(payloads.ExtractRecalled(3, "mistake", REFERRED), programme.name))

    extract.refresh_from_db()
    assert (extract.state, extract.asked_lines, extract.people_lines) == ("withdrawn", "", "")
    assert "Recalled by Northmere programme" in text(lead.get(f"/extracts/{extract.ref}/"))
    with pytest.raises(NotYet):
        commands.note_recall(
            replace(arrived(payloads.ExtractRecalled(3, "mistake", REFERRED)), thread="other")
        )


def test_the_force_recalls_what_it_sent(
    lead: Client,
    coordinator: Client,
    extract: OutcomeExtract,
    agreement: Agreement,
    commission_keys: sitekeys.SiteKeys,
) -> None:
    count(lead, extract, agreement)
    lead.post(f"/extracts/{extract.ref}/sign/")
    send(coordinator, extract)

    lead.post(f"/extracts/{extract.ref}/recall/", {"why": "mistake", "form_version": str(extract.version)})

    extract.refresh_from_db()
    assert (extract.state, extract.people_lines) == ("recalled", "")
    assert isinstance(opened(commission_keys), payloads.ExtractRecalled)
    assert lead.get(f"/extracts/{extract.ref}/file/people/").status_code == 404


def test_the_clock_deletes_rows_that_nobody_may_open_any_more(
    lead: Client, extract: OutcomeExtract, agreement: Agreement, today: datetime
) -> None:
    count(lead, extract, agreement)
    chores.empty(at=today)
    extract.refresh_from_db()
    assert extract.people_lines

    chores.empty(at=datetime(2027, 1, 1, 10, tzinfo=REFERRED.tzinfo))

    extract.refresh_from_db()
    assert (extract.asked_lines, extract.people_lines) == ("", "")


def test_rows_are_kept_no_longer_than_by_the_earlier_of_two_agreements(
    lead: Client, extract: OutcomeExtract, agreement: Agreement
) -> None:
    Agreement.objects.update(ends_on=date(2026, 8, 1))
    count(lead, extract, agreement)
    assert extract.until == date(2026, 8, 1)
    chores.empty(at=datetime(2026, 8, 1, 10, tzinfo=REFERRED.tzinfo))
    extract.refresh_from_db()
    assert extract.people_lines

    chores.empty(at=datetime(2026, 8, 2, 10, tzinfo=REFERRED.tzinfo))

    extract.refresh_from_db()
    assert (extract.asked_lines, extract.people_lines) == ("", "")


def test_what_is_set_aside_keeps_no_row(lead: Client, extract: OutcomeExtract, agreement: Agreement) -> None:
    count(lead, extract, agreement)

    lead.post(f"/extracts/{extract.ref}/set-aside/")

    extract.refresh_from_db()
    assert (extract.state, extract.asked_lines, extract.people_lines) == ("set_aside", "", "")


@pytest.mark.parametrize(
    "fields",
    [
        {"people": ()},
        {"people": ("Robin Example 19 2026-04-14 0 thread",)},
        {"people": (f"{pseudonym(0)} 19 2026-04-14 0",)},  # without a thread
        {"people": (f"{pseudonym(0)} 900 2026-04-14 0 thread",)},
        {"people": (f"{pseudonym(0)} 19 2026-04-31 0 thread",)},
        {"people": (f"{pseudonym(0)} 19 2026-04-14 0 one", f"{pseudonym(0)} 19 2026-04-14 0 two")},
        {"token": ""},
        {"commission": ""},
        {"evaluator": ""},
        {"number": 0},
    ],
)
def test_a_question_that_cannot_be_read_is_refused_and_repeats_nothing(
    referrals: list[Referral], programme: Partner, fields: dict[str, Any]
) -> None:
    with pytest.raises(CannotHandle) as refused:
        commands.receive(arrived(asked(referrals, **fields), programme.name))

    assert not OutcomeExtract.objects.exists()
    assert "Robin" not in str(refused.value)
    assert pseudonym(0) not in str(refused.value)


@pytest.mark.parametrize(("version", "told"), [(1, {"2026-01-11"}), (2, {"2026-01-03", "2026-01-11"})])
def test_what_is_told_begins_with_the_referral_of_the_extract_or_with_the_forces_own_as_it_was_asked_before(
    *,
    lead: Client,
    programme: Partner,
    referrals: list[Referral],
    agreement: Agreement,
    version: int,
    told: set[str],
) -> None:
    Referral.objects.update(sent_at=REFERRED + timedelta(days=5))  # another referred them first
    values = doors.to_json(asked(referrals))
    if version == 1:
        values["people"] = [text.replace(f" {FIRST}", "") for text in values["people"]]
    commands.receive(arrived(doors.from_json("outcomes-asked", version, values), programme.name))
    for referral in referrals:
        made = order(referral)
        breach(made, 2, "arrest")
        breach(made, 10, "arrest")

    row = OutcomeExtract.objects.get()
    count(lead, row, agreement)

    assert {line.split(",")[1] for line in row.recorded_lines.split("\n")} == told


def test_the_same_question_twice_is_one(
    extract: OutcomeExtract, referrals: list[Referral], programme: Partner
) -> None:
    commands.receive(arrived(asked(referrals), programme.name))

    assert OutcomeExtract.objects.count() == 1


def test_an_officer_sees_no_extract_and_a_coordinator_no_rows(
    signed_in: Callable[..., Client],
    lead: Client,
    coordinator: Client,
    extract: OutcomeExtract,
    agreement: Agreement,
) -> None:
    count(lead, extract, agreement)

    assert signed_in(role=Role.OFFICER).get("/extracts/").status_code == 403
    assert coordinator.get(f"/extracts/{extract.ref}/file/recorded/").status_code == 403
    assert lead.get(f"/extracts/{extract.ref}/file/people/").content.decode().startswith("person\n")
    assert own.site().name == POLICE


BY_SQL = """
    SELECT count(*) FILTER (WHERE b.decision IN ('arrest', 'charge', 'warning')),
        count(*) FILTER (WHERE b.decision = 'investigate'),
        count(*) FILTER (WHERE b.also_stalking AND b.decision IN ('arrest', 'charge', 'warning', 'investigate', 'no_action'))
    FROM partnership_breach b
    JOIN partnership_order o ON o.id = b.order_id
    JOIN partnership_person p ON p.id = o.person_id
    JOIN partnership_referral r ON lower(r.given_names || ' ' || r.family_name) = lower(p.given_names || ' ' || p.family_name)
        AND r.born = p.born
    WHERE b.happened_on >= r.sent_at::date AND b.happened_on - 19 <= date '2026-04-14'
"""


def test_the_rows_agree_with_an_independent_count(
    lead: Client, extract: OutcomeExtract, referrals: list[Referral], agreement: Agreement
) -> None:
    decisions = ("arrest", "investigate", "no_breach", "charge", "", "warning", "excuse")
    for number, row in enumerate(referrals[:5]):
        made = order(row)
        for place in range(7):
            decision = decisions[(number + place) % 7]
            breach(made, 11 * place + number - 2, decision, also_stalking=place % 3 == 0)
    order(referrals[5], state="discharged", closed_on=date(2026, 3, 1))
    for row in referrals[6:]:
        order(row)

    count(lead, extract, agreement)

    told = [line.split(",")[2:] for line in extract.recorded_lines.split("\n")]
    with connection.cursor() as cursor:
        cursor.execute(BY_SQL)
        by_sql = cursor.fetchone()
    assert (
        told.count(["breach", police.ACTED]),
        told.count(["breach", police.INQUIRY]),
        told.count(["stalking", ""]),
    ) == by_sql
    assert min(by_sql) > 3
