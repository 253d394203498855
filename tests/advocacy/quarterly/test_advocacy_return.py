"""The return of an advocacy service: counted by its manager as SQL counts it, sent by an advocate, of those who agreed to be counted."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings
from tests import access, staff
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.quarterly import counting
from desist.advocacy.quarterly.counting import ClientFacts
from desist.advocacy.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.advocacy.safety.models import PlanVersion
from desist.advocacy.victims.models import ClockPause, Consent, Victim
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import ByHandTask, Partner
from desist.quarterly import commands
from desist.returns import definitions, quarters
from desist.sites import Zone
from desist.wall import actors
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

COMMISSION = "northmere-commission"
CAME = datetime(2026, 2, 2, 9, tzinfo=UTC)
FIRST = quarters.of(CAME.date())
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def today(settings: Settings, own_keys: None, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the middle of April 2026 at the service."""
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
def noor(signed_in: Callable[..., Client]) -> Client:
    """The manager."""
    return signed_in(role=Role.ADVOCACY_MANAGER, account=staff.account(name="Noor Quenington"))


@pytest.fixture
def fable_in(signed_in: Callable[..., Client]) -> Client:
    """An advocate."""
    return signed_in()


def count(manager: Client, **said: str) -> QuarterlyReturn:
    manager.post(
        "/quarterly/count/2026-01-01/", {"complete": "yes", "form_submission": f"s{len(said)}", **said}
    )
    return QuarterlyReturn.objects.latest("pk")


def counts(row: QuarterlyReturn) -> dict[str, int]:
    found: dict[str, int] = json.loads(row.counts)["counts"]
    return found


def leaves(row: QuarterlyReturn) -> list[str]:
    found: list[str] = json.loads(row.leaves)["figures"]
    return found


def client(*, agreed: bool = True, reached: timedelta | None = 3 * HOUR, **fields: Any) -> Victim:
    """A client who came on the second of February, was reached so long after, and agreed to be counted."""
    moment = fields.setdefault("received_at", CAME)
    if reached is not None:
        fields = {"state": "open", "first_contact_at": moment + reached} | fields
    made = factories.victim(locators=(), **fields)
    if agreed and reached is not None:
        consent(made)
    return made


def consent(victim: Victim, **fields: Any) -> Consent:
    said = {
        "purpose": "evaluation",
        "given_on": CAME.date(),
        "how": "phone",
        "recorded_by": "fable",
        "recorded_at": CAME,
    }
    return Consent.objects.create(victim=victim, **said | fields)


def plan(victim: Victim, number: int = 1, saved_at: datetime = CAME) -> None:
    PlanVersion.objects.create(
        victim=victim, number=number, words=b"", review_on=CAME.date(), saved_by="fable", saved_at=saved_at
    )


def test_a_quarter_is_counted_as_sql_written_apart_counts_it(noor: Client) -> None:
    for number in range(13):
        made = client(reached=20 * HOUR * (number % 4), way_in="self" if number % 3 else "service")
        if number % 2:
            plan(made)
            plan(made, number=2, saved_at=CAME + DAY)
    client(reached=None)
    client(state="closed", closed_at=CAME + DAY, close_reason="finished")

    found = counts(count(noor))

    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH counted AS (SELECT * FROM advocacy_victim v WHERE first_contact_at IS NULL OR EXISTS (SELECT FROM advocacy_consent c
                WHERE c.victim_id = v.id AND c.purpose = 'evaluation' AND c.withdrawn_at IS NULL)),
            came AS (SELECT * FROM counted WHERE received_at >= '2026-01-01' AND received_at < '2026-04-01')
            SELECT (SELECT count(*) FROM came), (SELECT count(*) FROM came WHERE way_in = 'service'),
                   (SELECT count(*) FROM came WHERE first_contact_at - received_at <= interval '48 hours'),
                   (SELECT count(*) FROM came WHERE first_contact_at - received_at > interval '48 hours'),
                   (SELECT count(*) FROM counted WHERE first_contact_at < '2026-04-01' AND (closed_at IS NULL OR closed_at >= '2026-04-01')),
                   (SELECT count(*) FROM counted WHERE closed_at >= '2026-01-01' AND closed_at < '2026-04-01'),
                   (SELECT count(DISTINCT p.victim_id) FROM advocacy_planversion p JOIN counted v ON v.id = p.victim_id
                       WHERE p.saved_at >= '2026-01-01' AND p.saved_at < '2026-04-01')
            """
        )
        by_sql = cursor.fetchone()
    names = ("received", "way.service", "reached.in_time", "reached.later", "open", "closed", "plans")
    assert tuple(found[name] for name in names) == by_sql
    assert by_sql == (15, 5, 11, 3, 13, 1, 6)


def test_of_two_screenings_on_one_day_the_later_counts(noor: Client) -> None:
    made = client()
    for trained in (True, False):
        factories.screening(victim=made.ref, rated_on=CAME.date(), rater_trained=trained)

    found = counts(count(noor))

    assert (found["screened"], found["screened.untrained"]) == (1, 1)


def test_only_those_who_agreed_count_and_those_whom_nobody_could_ask_yet(noor: Client) -> None:
    client(agreed=False)
    consent(client(agreed=False), withdrawn_at=CAME + DAY, withdrawn_by="fable")
    consent(client(reached=None), withdrawn_at=CAME + DAY, withdrawn_by="fable")
    client(reached=None)
    client()

    found = counts(count(noor))

    assert (found["received"], found["reached"], found["reached.not"]) == (2, 1, 1)


def test_a_case_for_named_people_and_a_second_record_are_not_counted(noor: Client) -> None:
    Restriction.objects.create(
        case=client().ref, reason="A colleague’s sister", made_by="noor", made_at=factories.NOW
    )
    first, second = client(), client()
    access.merge(first=first, second=second, state="stands", answered_by="noor", answered_at=factories.NOW)

    assert counts(count(noor))["received"] == 1


def test_time_on_hold_is_no_time_in_which_a_client_waited(noor: Client) -> None:
    made = client(reached=60 * HOUR)
    ClockPause.objects.create(
        victim=made, reason="not_safe", began_by="a", began_at=CAME, ended_by="a", ended_at=CAME + 20 * HOUR
    )

    assert counts(count(noor))["reached.in_time"] == 1


def test_an_absent_day_is_in_no_number_and_never_today() -> None:
    facts = ClientFacts(
        way="self", received=CAME.date(), reached=None, in_time=False, closed=None, reason="", told=False
    )

    found = counting.count([facts], quarter=FIRST, edition=definitions.newest(Zone.ADVOCACY))

    assert {name for name, number in found.counts.items() if number} == {
        *("received", "way.self", "reached.not")
    }


def test_several_things_of_one_client_count_once_by_the_worst() -> None:
    day = CAME.date()
    facts = ClientFacts(
        way="police",
        received=day,
        reached=day,
        in_time=True,
        closed=None,
        reason="",
        told=True,
        allocated=[(day, day + DAY)],
        screenings=[(day, False), (day + DAY, True)],
        plans=[date(2025, 12, 1), day, day + DAY],
        settled=[(day, "met"), (day, "not_met")],
        ratings=[(date(2025, 12, 1), True), (day, False), (day + DAY, False)],
        news=[(day, "in_time"), (day, "late"), (day + DAY, "waiting")],
        packs=[(day, "recorded"), (day, "rung")],
    )

    found = counting.count([facts], quarter=FIRST, edition=definitions.newest(Zone.ADVOCACY))

    wanted = {
        *("received", "way.police", "reached", "reached.in_time", "reached.told", "open", "open.waiting"),
        *("open.told", "screened", "screened.trained", "plans", "plans.reviewed", "settled", "settled.some"),
        *("rated", "rated.with_start", "news", "news.late", "packs", "packs.rung"),
    }
    assert {name: number for name, number in found.counts.items() if number} == dict.fromkeys(wanted, 1)


def test_news_counts_by_the_clock_of_the_victims_code(noor: Client) -> None:
    told, late, waits = client(), client(), client()
    monday = CAME  # the second of February 2026
    factories.update(victim=told.ref, received_at=monday, state="told", settled_at=monday + DAY)
    factories.update(victim=late.ref, received_at=monday, state="told", settled_at=monday + 3 * DAY)
    factories.update(victim=waits.ref, received_at=monday, state="overtaken", settled_at=monday)

    found = counts(count(noor))

    assert (found["news"], found["news.in_time"], found["news.late"]) == (2, 1, 1)


def test_the_page_says_what_stays_here_and_the_commissioner_gets_none_of_it(
    noor: Client, fable_in: Client
) -> None:
    for _ in range(24):
        factories.update(victim=client().ref, received_at=CAME)
    row = count(noor)

    page = text(noor.get(f"/quarterly/{row.ref}/"))

    assert "Clients for whom news came, all 24 stays here" in page
    assert "each from 0 to 9" in page
    assert not [one for one in leaves(row) if "news" in one or one.endswith(" 0")]


def test_whether_nothing_or_a_little_moved_is_told_alike(noor: Client, fable_in: Client) -> None:
    gone: dict[str, Any] = {
        "state": "sent",
        "partner": COMMISSION,
        "thread": "t",
        "signed_by": "ola",
        "signed_at": factories.NOW,
        "sent_by": "emil",
        "sent_at": factories.NOW,
    }
    factories.quarterly_return(quarter=date(2025, 10, 1), **gone)
    earlier = datetime(2025, 12, 1, 9, tzinfo=UTC)
    for _ in range(12):  # twelve heard news of whom nobody knew: the word tells no more of that
        factories.update(victim=client(received_at=CAME).ref, received_at=earlier)

    row = count(noor)

    assert (row.moved, json.loads(row.moves)[0]) == ("a_few", ["news", 0, 12])
    assert "No figure of the quarter before has moved by 10 or more since" in text(
        noor.get(f"/quarterly/{row.ref}/")
    )


def test_the_manager_signs_and_an_advocate_sends(noor: Client, fable_in: Client) -> None:
    for number in range(30):
        client(way_in="self" if number % 2 else "service")
    row = count(noor)
    noor.post(f"/quarterly/{row.ref}/sign/")
    row.refresh_from_db()
    send = {"partner": COMMISSION, "form_version": str(row.version)}

    own = noor.post(f"/quarterly/{row.ref}/send/", send)
    row.refresh_from_db()
    assert "a second person sends a return" in text(own)
    assert row.state == "signed"
    assert "Send the return of January to March 2026" in text(fable_in.get("/"))
    fable_in.post(f"/quarterly/{row.ref}/send/", send)

    row.refresh_from_db()
    assert row.state == "sent"
    assert "quarter received 30" in ByHandTask.objects.get().text


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER])
def test_nobody_but_a_manager_counts_and_no_administrator_reads(
    signed_in: Callable[..., Client], role: Role
) -> None:
    somebody = signed_in(role=role, account=staff.account(name="Bryn Oakhanger"))

    assert somebody.get("/quarterly/count/2026-01-01/").status_code == 403
    assert (somebody.get("/quarterly/").status_code == 200) == (role is Role.ADVOCATE)


def test_an_answer_that_nobody_came_is_refused_and_kept(noor: Client, fable_in: Client) -> None:
    gone: dict[str, Any] = {
        "signed_by": "ola",
        "signed_at": factories.NOW,
        "sent_by": "emil",
        "sent_at": factories.NOW,
    }
    row = factories.quarterly_return(state="sent", partner=COMMISSION, thread="t", **gone)
    asked = payloads.ReturnQuestion("q", "Why were fewer plans made?", factories.NOW)
    commands.note_question(
        Received(asked, "t", COMMISSION, factories.NOW, actors.post(), arrived_at=factories.NOW)
    )
    question = ReturnQuestion.objects.get()
    assert "Answer the commissioner’s question" in text(noor.get("/"))
    assert fable_in.get(f"/quarterly/question/{question.ref}/").status_code == 403

    refused = noor.post(
        f"/quarterly/question/{question.ref}/", {"words": "No clients came.", "form_submission": "a"}
    )
    question.refresh_from_db()
    assert question.answer == ""
    assert "No clients came." in refused.content.decode()
    noor.post(
        f"/quarterly/question/{question.ref}/", {"words": "An advocate was away.", "form_submission": "b"}
    )

    question.refresh_from_db()
    assert (question.of_id, question.answer) == (row.pk, "An advocate was away.")


def test_what_was_counted_stays_to_the_byte_whatever_is_corrected(noor: Client) -> None:
    made = client()
    row = count(noor)
    before, file = row.counts, noor.get(f"/quarterly/{row.ref}/file/").content

    client()
    Victim.objects.filter(pk=made.pk).update(way_in="told")

    row.refresh_from_db()
    assert (row.counts, noor.get(f"/quarterly/{row.ref}/file/").content) == (before, file)


def test_counting_opens_no_key_of_a_client(noor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("A client's key was opened")

    client()
    for name in ("box", "boxes_of", "box_if_kept"):
        monkeypatch.setattr(f"desist.advocacy.vault.commands.{name}", opened)

    assert counts(count(noor))["received"] == 1
