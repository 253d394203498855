"""The return of the police: counted by the force lead, sent by a coordinator, as SQL counts it, without small numbers."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings
from tests import staff
from tests.partnership import factories
from tests.partnership.conftest import POLICE
from tests.partnership.orders import factories as orders
from tests.programme.reading import text

from desist.partnership.quarterly import counting
from desist.partnership.quarterly.counting import Facts, Made
from desist.partnership.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import ByHandTask, Partner
from desist.quarterly import commands
from desist.returns import definitions, quarters
from desist.sites import Zone
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

COMMISSION = "northmere-commission"
FEBRUARY = date(2026, 2, 2)
FIRST = quarters.of(FEBRUARY)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today(settings: Settings, own_keys: None, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the middle of April 2026 at the police."""
    moment = datetime(2026, 4, 14, 10, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    Partner.objects.create(
        name=COMMISSION,
        zone="commission",
        title="Northmere Commissioner",
        transport="by_hand",
        phone="01632 960 002",
        area=factories.AREA,
        added_at=factories.NOW,
    )
    return moment


@pytest.fixture
def lead(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.FORCE_LEAD)


@pytest.fixture
def coordinator(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.ORDER_COORDINATOR, account=staff.account(name="Emrys Hale"))


def count(lead: Client, **said: str) -> QuarterlyReturn:
    lead.post("/quarterly/count/2026-01-01/", {"complete": "yes", "form_submission": f"s{len(said)}", **said})
    return QuarterlyReturn.objects.latest("number")


def counts(row: QuarterlyReturn) -> dict[str, int]:
    found: dict[str, int] = json.loads(row.counts)["counts"]
    return found


def leaves(row: QuarterlyReturn) -> list[str]:
    found: list[str] = json.loads(row.leaves)["figures"]
    return found


def served(day: date, after: int = 1, **fields: Any) -> None:
    """An order that was applied for and made on a day, and served so many days later."""
    orders.in_force(applied_on=day, made_on=day, served_on=day + after * DAY, **fields)


def sent(day: date, *, answered: int | None = None, **fields: Any) -> None:
    """A referral that was sent on a day, and decided so many days later."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    if answered is not None:
        fields |= {"state": "accepted", "decided_at": moment + answered * DAY}
    factories.referral(sent_at=moment, **fields)


def test_a_quarter_is_counted_as_sql_written_apart_counts_it(lead: Client) -> None:
    for number in range(13):
        served(FEBRUARY, after=number % 3)
        sent(FEBRUARY, given_names=f"Person{number}", answered=10 + number if number % 2 else None)
    orders.breach(order=orders.in_force(), reported_on=FEBRUARY)

    found = counts(count(lead))

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT count(*) FROM partnership_order WHERE kind = 'full' AND applied_on >= '2026-01-01' AND applied_on < '2026-04-01'),
                   (SELECT count(*) FROM partnership_order WHERE kind = 'full' AND made_on >= '2026-01-01' AND made_on < '2026-04-01'),
                   (SELECT count(*) FROM partnership_order WHERE kind = 'full' AND made_on >= '2026-01-01' AND made_on < '2026-04-01'
                       AND served_on - made_on <= 1),
                   (SELECT count(*) FROM partnership_breach WHERE reported_on >= '2026-01-01' AND reported_on < '2026-04-01'),
                   (SELECT count(*) FROM partnership_referral WHERE sent_at >= '2026-01-01' AND sent_at < '2026-04-01'),
                   (SELECT count(*) FROM partnership_referral WHERE decided_at >= '2026-01-01' AND decided_at < '2026-04-01'
                       AND decided_at - sent_at < interval '15 days')
            """
        )
        by_sql = cursor.fetchone()
    names = ("applied", "full", "full.served.in_time", "breaches", "referrals", "answers.in_time")
    assert tuple(found[name] for name in names) == by_sql
    assert by_sql == (14, 14, 10, 1, 13, 2)


def test_a_second_referral_of_a_person_and_a_mistake_are_no_referrals(lead: Client) -> None:
    sent(FEBRUARY, given_names="Robin", family_name="Example", born=date(1990, 1, 1))
    sent(FEBRUARY + DAY, given_names="ROBIN", family_name="example", born=date(1990, 1, 1))
    sent(FEBRUARY, given_names="Else", state="withdrawn", withdraw_reason="mistake")

    assert counts(count(lead))["referrals"] == 1


def test_the_decision_on_a_second_referral_of_a_person_is_a_decision(lead: Client) -> None:
    for day, answered in ((FEBRUARY, None), (FEBRUARY + DAY, 5)):
        sent(day, given_names="Robin", family_name="Example", born=date(1990, 1, 1), answered=answered)

    found = counts(count(lead))

    assert (found["referrals"], found["answers"], found["answers.in_time"]) == (1, 1, 1)


def test_an_absent_day_is_not_known_and_never_today() -> None:
    facts = Facts(
        orders=[Made("full", "made", "application", FEBRUARY, FEBRUARY, None)],
        duties=[(FEBRUARY, None), (FEBRUARY, FEBRUARY + DAY)],
        breaches=[(FEBRUARY, "")],
        sent=[],
        answers=[(FEBRUARY + DAY, FEBRUARY)],
        identities=[(FEBRUARY, "tell", None)],
    )

    found = counting.count(facts, quarter=FIRST, edition=definitions.newest(Zone.PARTNERSHIP))

    wanted = {
        *("applied", "applied.made", "full", "full.application", "full.unserved", "duties.late"),
        *("duties.not_given", "breaches", "breach.undecided", "answers", "answers.not_known"),
        *("identity", "identity.to_tell"),
    }
    assert {name: number for name, number in found.counts.items() if number} == dict.fromkeys(wanted, 1) | {
        "duties": 2
    }
    assert found.days == {}


def test_an_order_that_came_from_another_force_is_counted_there(lead: Client) -> None:
    served(FEBRUARY, moved_from="Kent")

    assert counts(count(lead))["full"] == 0


def test_no_number_from_1_to_9_leaves_nor_one_that_gives_it_away(lead: Client) -> None:
    for number in range(15):
        served(FEBRUARY, after=1 if number < 12 else 5)

    row = count(lead)

    assert "quarter full 15" in leaves(row)
    assert not [one for one in leaves(row) if 0 < int(one.rsplit(" ", 1)[1]) < 10]
    # twelve in time of fifteen served would tell the three
    assert not [one for one in leaves(row) if one.startswith("quarter full.served.in_time")]


def test_the_force_lead_signs_and_a_coordinator_sends(lead: Client, coordinator: Client) -> None:
    for _ in range(12):
        served(FEBRUARY)
    row = count(lead)
    lead.post(f"/quarterly/{row.ref}/sign/")
    row.refresh_from_db()
    send = {"partner": COMMISSION, "form_version": str(row.version)}

    own = lead.post(f"/quarterly/{row.ref}/send/", send)
    row.refresh_from_db()
    assert "a second person sends a return" in text(own)
    assert row.state == "signed"
    coordinator.post(f"/quarterly/{row.ref}/send/", send)

    row.refresh_from_db()
    assert row.state == "sent"
    assert "quarter full 12" in ByHandTask.objects.get().text


def test_a_question_is_a_task_of_the_force_lead(lead: Client, coordinator: Client) -> None:
    gone: dict[str, Any] = {
        "signed_by": "ola",
        "signed_at": factories.NOW,
        "sent_by": "emil",
        "sent_at": factories.NOW,
    }
    row = factories.quarterly_return(state="sent", partner=COMMISSION, thread="t", **gone)
    asked = payloads.ReturnQuestion("q", "Why were fewer served?", factories.NOW)

    commands.note_question(
        Received(asked, "t", COMMISSION, factories.NOW, actors.post(), arrived_at=factories.NOW)
    )
    question = ReturnQuestion.objects.get()
    assert "Answer the commissioner’s question" in text(lead.get("/"))
    assert coordinator.get(f"/quarterly/question/{question.ref}/").status_code == 403
    lead.post(f"/quarterly/question/{question.ref}/", {"words": "A court was shut.", "form_submission": "a"})

    question.refresh_from_db()
    assert (question.of_id, question.answer) == (row.pk, "A court was shut.")
    assert POLICE not in text(lead.get(f"/quarterly/{row.ref}/"))
