"""A return is counted once, never changes, is sent by a second person, and no small number is in what leaves."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from psycopg.types.range import TimestamptzRange
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.programme import factories
from tests.programme.reading import text
from tests.programme.service.quarterly.conftest import COMMISSION, at

from desist.post.models import ByHandTask, Outbox, Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.leaving.models import Leaving
from desist.programme.referrals.models import Referral
from desist.programme.service.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import Kind
from desist.returns.files import Form
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

FIRST = date(2026, 1, 1)
JANUARY = date(2026, 1, 12)
Make = Callable[..., Episode]


@pytest.fixture(autouse=True)
def today(settings: object, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the middle of April 2026."""
    moment = at(date(2026, 4, 14))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


@pytest.fixture
def manager(signed_in: Callable[..., Client], commissioner: Partner) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Morgan Oakfield"))


@pytest.fixture
def executive(signed_in: Callable[..., Client], commissioner: Partner) -> Client:
    return signed_in(role=Role.EXECUTIVE, account=factories.account(name="Sage Underhill"))


def count(manager: Client, quarter: str = "2026-01-01", **sent: str) -> QuarterlyReturn:
    manager.post(
        f"/quarterly/count/{quarter}/",
        {"complete": "yes", "form_submission": f"s-{quarter}-{len(sent)}", **sent},
    )
    return QuarterlyReturn.objects.filter(quarter=quarter).latest("number")


def counts(row: QuarterlyReturn) -> dict[str, int]:
    found: dict[str, int] = json.loads(row.counts)["counts"]
    return found


def leaves(row: QuarterlyReturn) -> list[str]:
    found: list[str] = json.loads(row.leaves)["figures"]
    return found


def sent(manager: Client, executive: Client, row: QuarterlyReturn) -> QuarterlyReturn:
    manager.post(f"/quarterly/{row.ref}/sign/")
    row.refresh_from_db()
    executive.post(f"/quarterly/{row.ref}/send/", {"partner": COMMISSION, "form_version": str(row.version)})
    row.refresh_from_db()
    return row


def test_a_quarter_is_counted_as_sql_written_apart_counts_it(manager: Client, person: Make) -> None:
    for number in range(14):
        person(JANUARY + timedelta(days=number), sessions=number % 4)

    found = counts(count(manager))

    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH q AS (SELECT timestamptz '2026-01-01 00:00 Europe/London' AS a, timestamptz '2026-04-01 00:00 Europe/London' AS b)
            SELECT (SELECT count(*) FROM programme_referral, q WHERE completed_at >= a AND completed_at < b),
                   (SELECT count(*) FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id, q
                     WHERE r.completed_at >= a AND r.completed_at < b),
                   (SELECT count(DISTINCT s.episode_id) FROM programme_session s, q
                     WHERE s.number = 1 AND s.state = 'attended' AND s.kind IN ('core', 'catch_up')),
                   (SELECT count(*) FROM programme_session s, q WHERE lower(s.period) >= a AND lower(s.period) < b
                       AND s.kind IN ('core', 'catch_up') AND s.state <> 'cancelled')
            """
        )
        received, accepted, started, sessions = cursor.fetchone()
    assert (found["received"], found["accepted"], found["started"], found["sessions"]) == (
        received,
        accepted,
        started,
        sessions,
    )
    assert (received, accepted, started, sessions) == (14, 14, 10, 19)


def test_a_meeting_that_is_none_of_the_twelve_is_no_session(manager: Client, person: Make) -> None:
    episode = person(JANUARY)
    start = at(JANUARY) + timedelta(days=8)
    factories.attended(
        episode=episode, number=1, kind=Kind.PIVOT, period=TimestamptzRange(start, start + timedelta(hours=1))
    )
    factories.assessment(
        episode=episode,
        period=TimestamptzRange(start + timedelta(days=1), start + timedelta(days=1, hours=1)),
        state="finished",
        ended_by="carol",
        ended_at=start + timedelta(days=1),
    )

    found = counts(count(manager))

    assert (found["sessions"], found["attended"], found["started"], found["started.not_yet"]) == (0, 0, 0, 1)


def test_a_second_referral_of_a_person_in_the_quarter_counts_once(manager: Client, person: Make) -> None:
    first = person(JANUARY).referral
    names: dict[str, Any] = {
        "given_names": first.given_names.upper(),
        "family_name": first.family_name,
        "born": first.born,
    }
    factories.referral(completed_at=at(JANUARY) - timedelta(days=2), **names)
    factories.referral(completed_at=at(JANUARY) + timedelta(days=9), **names)

    found = counts(count(manager))

    assert (found["received"], found["accepted"], found["undecided"]) == (1, 1, 0)


def test_an_absent_day_is_not_known_and_never_today(manager: Client, person: Make) -> None:
    waiting = factories.referral(completed_at=at(JANUARY), given_names="Waiting")
    factories.episode(referral=waiting, opened_at=at(JANUARY), state="waiting")
    person(JANUARY, state="left", ended_at=at(date(2026, 2, 2)))

    found = counts(count(manager))

    assert (found["allocated.not_known"], found["assessed.not_known"], found["assessed"]) == (1, 2, 0)
    assert (found["left"], found["reason.not_known"], found["stage.not_known"]) == (1, 1, 1)


def test_leaving_is_counted_by_reason_and_stage(manager: Client, person: Make) -> None:
    episode = person(JANUARY, state="left", ended_at=at(date(2026, 2, 2)))
    Leaving.objects.create(
        episode=episode,
        state="ended",
        by="person",
        reason="withdrew",
        phase="during",
        submission="left-1",
        decided_by="carol",
        decided_at=at(date(2026, 2, 2)),
        ended_at=at(date(2026, 2, 2)),
    )

    found = counts(count(manager))

    assert (found["reason.withdrew"], found["stage.during"], found["completed"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("states", "counted_as"),
    [
        ((), "not_set"),
        (("open", "dropped"), "none"),
        (("reached", "open"), "some"),
        (("reached", "dropped", "reached"), "all"),
    ],
)
def test_goals_of_those_who_left_are_counted_a_person_once(
    manager: Client, person: Make, states: tuple[str, ...], counted_as: str
) -> None:
    episode = person(JANUARY, sessions=1, state="left", ended_at=at(date(2026, 3, 2)))
    for state in states:
        factories.goal(episode=episode, state=state)
    factories.goal(episode=person(JANUARY, sessions=1), state="reached")  # this person is still there

    found = counts(count(manager))

    parts = ("all", "some", "none", "not_set")
    assert {name: found[f"goals.{name}"] for name in parts} == {name: name == counted_as for name in parts}


def test_follow_ups_are_counted_by_the_day_they_were_due(manager: Client, person: Make) -> None:
    recorded = {"recorded_by": "carol", "recorded_at": at(date(2026, 2, 5)), "tried_on": date(2026, 2, 5)}
    for due, more in (
        (date(2026, 1, 1), {"outcome": "reached", "known": "nothing", "sources": ["person"], **recorded}),
        (date(2026, 3, 31), {"outcome": "not_reached", "known": "nobody_asked", **recorded}),
        (date(2026, 2, 1), {}),
        (date(2026, 2, 2), {"voided_at": at(JANUARY)}),
        (date(2026, 4, 1), {}),
    ):
        episode = person(date(2025, 6, 2), state="completed", ended_at=at(date(2025, 9, 2)))
        episode.followed_up.create(months=6, due_on=due, made_at=at(date(2025, 9, 2)), **more)

    row = count(manager)

    found = counts(row)
    assert (found["followed"], found["followed.reached"], found["followed.not_reached"]) == (3, 1, 1)
    assert (found["followed.not_recorded"], found["known.not_recorded"]) == (1, 1)
    assert (found["known.nothing"], found["known.nobody_asked"], found["known.something"]) == (1, 1, 0)


def test_concerns_are_counted_by_kind_and_stay_with_those_who_sign(manager: Client, person: Make) -> None:
    referral = person(date(2025, 11, 3)).referral
    for number in range(12):
        factories.concern(referral=referral, kind="life", raised_at=at(JANUARY) + timedelta(days=number))
    factories.concern(referral=referral, kind="", raised_at=at(date(2026, 3, 31)))
    factories.concern(referral=referral, kind="staff", raised_at=at(date(2026, 4, 1)))

    row = count(manager)

    found = counts(row)
    assert (found["concerns"], found["concern.life"], found["concern.not_asked"]) == (13, 12, 1)
    assert not [name for name in leaves(row) if "concern" in name or "known." in name]
    page = text(manager.get(f"/quarterly/{row.ref}/"))
    assert "Threat to life" in page


def test_a_case_restricted_to_named_people_is_not_counted(manager: Client, person: Make) -> None:
    episode = person(JANUARY)
    Restriction.objects.create(
        case=episode.referral.ref, reason="police", made_by="carol", made_at=factories.NOW
    )

    assert counts(count(manager))["received"] == 0


def test_no_number_from_1_to_9_leaves(manager: Client, person: Make) -> None:
    for number in range(15):
        person(JANUARY + timedelta(days=number), sessions=1 if number < 4 else 0)

    row = count(manager)

    assert "quarter received 15" in leaves(row)
    assert not [one for one in leaves(row) if 0 < int(one.rsplit(" ", 1)[1]) < 10]
    assert not [one for one in leaves(row) if one.startswith(("quarter started ", "quarter sessions "))]


def test_what_was_counted_stays_byte_for_byte_after_later_edits(manager: Client, person: Make) -> None:
    for number in range(12):
        person(JANUARY + timedelta(days=number), sessions=2)
    row = count(manager)
    before = [manager.get(f"/quarterly/{row.ref}/file/?as={form}").content for form in Form]

    Session.objects.update(kind=Kind.PIVOT)
    Referral.objects.update(completed_at=at(date(2026, 3, 3)))
    person(date(2026, 2, 20))

    assert [manager.get(f"/quarterly/{row.ref}/file/?as={form}").content for form in Form] == before
    row.refresh_from_db()
    assert counts(row)["received"] == 12


def test_a_return_is_a_spreadsheet_and_a_paper_too(manager: Client, person: Make) -> None:
    for number in range(12):
        person(JANUARY + timedelta(days=number), sessions=number < 3)
    row = count(manager)
    spreadsheet, paper = (manager.get(f"/quarterly/{row.ref}/file/?as={form}") for form in ("ods", "pdf"))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(spreadsheet.content)).get_sheet_by_index(0).to_python()
    received = next(one for one in rows if one[3] == "received")
    assert received[4:6] == [12.0, "withheld"]
    started = next(one for one in rows if one[3] == "started")
    assert started[4:6] == [3.0, "withheld"]
    said = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages).split()
    )
    assert "Referrals received, all 12 withheld –" in said
    assert "For use within the service" in said
    assert b"pdfuaid" in paper.content
    assert manager.get(f"/quarterly/{row.ref}/file/?as=docx").status_code == 404


def test_a_second_person_sends_what_a_manager_signed(
    manager: Client, executive: Client, person: Make
) -> None:
    for number in range(12):
        person(JANUARY + timedelta(days=number))
    row = count(manager)
    manager.post(f"/quarterly/{row.ref}/sign/")
    row.refresh_from_db()
    form = {"partner": COMMISSION, "form_version": str(row.version)}

    refused = manager.post(f"/quarterly/{row.ref}/send/", form)
    executive.post(f"/quarterly/{row.ref}/send/", form)

    assert "a second person sends a return" in text(refused)
    row.refresh_from_db()
    assert (row.state, row.partner) == ("sent", COMMISSION)
    assert Outbox.objects.get().kind == "service-return"


def test_a_return_that_nobody_signed_is_not_sent(manager: Client, executive: Client, person: Make) -> None:
    row = count(manager)

    answer = executive.post(
        f"/quarterly/{row.ref}/send/", {"partner": COMMISSION, "form_version": str(row.version)}
    )

    assert "not at this stage" in text(answer)
    assert not Outbox.objects.exists()


def test_two_returns_of_one_quarter_are_refused(manager: Client, executive: Client, person: Make) -> None:
    row = count(manager)

    twice = manager.post("/quarterly/count/2026-01-01/", {"complete": "yes", "form_submission": "another"})
    sent(manager, executive, row)
    again = manager.post("/quarterly/count/2026-01-01/", {"complete": "yes", "form_submission": "third"})

    assert "being prepared already" in text(twice)
    assert again.status_code == 422
    assert QuarterlyReturn.objects.count() == 1


def test_a_quarter_that_is_not_over_cannot_be_counted(manager: Client) -> None:
    assert manager.get("/quarterly/count/2026-04-01/").status_code == 404
    assert manager.get("/quarterly/count/tuesday/").status_code == 404


def test_what_moved_of_the_quarter_before_is_said_in_words(
    manager: Client, executive: Client, person: Make
) -> None:
    for number in range(12):
        person(date(2025, 10, 6) + timedelta(days=number))
    sent(manager, executive, count(manager, "2025-10-01"))
    person(date(2025, 11, 20))

    row = count(manager)
    page = text(manager.get(f"/quarterly/{row.ref}/"))

    assert "none of them by 10 or more" in page
    assert "Referrals received: 12 when it was returned, 13 as this return was counted" in page


def test_a_correction_replaces_and_tells_no_small_change(
    manager: Client, executive: Client, person: Make
) -> None:
    for number in range(20):
        person(JANUARY + timedelta(days=number))
    first = sent(manager, executive, count(manager))
    for number in range(3):
        person(date(2026, 3, 10) + timedelta(days=number))

    second = sent(manager, executive, count(manager, why="late"))

    first.refresh_from_db()
    assert (first.state, second.number, second.state) == ("replaced", 2, "sent")
    assert "quarter received 20" in leaves(first)
    assert not [one for one in leaves(second) if one.startswith("quarter received ")]
    assert counts(second)["received"] == 23


def test_a_recalled_return_is_recalled_there_and_stays_known(
    manager: Client, executive: Client, person: Make
) -> None:
    for number in range(20):
        person(JANUARY + timedelta(days=number))
    row = sent(manager, executive, count(manager))

    manager.post(f"/quarterly/{row.ref}/recall/", {"why": "mistake", "form_version": str(row.version)})
    person(date(2026, 3, 10))
    again = count(manager, why="mistake")

    row.refresh_from_db()
    assert row.state == "recalled"
    assert list(Outbox.objects.order_by("id").values_list("kind", flat=True)) == [
        "service-return",
        "return-recalled",
    ]
    assert not [one for one in leaves(again) if one.startswith("quarter received ")]


def test_a_return_that_another_one_overtook_is_counted_again(
    manager: Client, executive: Client, person: Make
) -> None:
    for quarter in (date(2025, 4, 7), date(2025, 7, 7), date(2025, 10, 6), JANUARY):
        for number in range(20):
            person(quarter + timedelta(days=number))
    for key in ("2025-04-01", "2025-07-01"):
        sent(manager, executive, count(manager, key))
    newest = count(manager)
    manager.post(f"/quarterly/{newest.ref}/sign/")
    sent(manager, executive, count(manager, "2025-10-01"))
    newest.refresh_from_db()

    answer = executive.post(
        f"/quarterly/{newest.ref}/send/", {"partner": COMMISSION, "form_version": str(newest.version)}
    )

    assert "another return left since this one was counted" in text(answer)


def test_four_quarters_of_a_small_service_say_what_a_quarter_cannot(
    manager: Client, executive: Client, person: Make
) -> None:
    for quarter in (date(2025, 4, 7), date(2025, 7, 7), date(2025, 10, 6), JANUARY):
        for number in range(6):
            person(quarter + timedelta(days=number))
    for key in ("2025-04-01", "2025-07-01", "2025-10-01"):
        sent(manager, executive, count(manager, key))

    row = count(manager)

    assert "four received 24" in leaves(row)
    assert not [one for one in leaves(row) if one.startswith("quarter received ")]


def test_a_commissioner_without_software_is_told_by_telephone(
    manager: Client, executive: Client, commissioner: Partner, person: Make
) -> None:
    commissioner.transport = Transport.BY_HAND
    commissioner.save()
    for number in range(12):
        person(JANUARY + timedelta(days=number))

    sent(manager, executive, count(manager))

    assert "quarter received 12" in ByHandTask.objects.get().text


def test_a_quarter_to_count_is_a_task_of_the_manager_once_returns_are_sent(
    manager: Client, executive: Client, person: Make
) -> None:
    before = text(manager.get("/"))
    sent(manager, executive, count(manager, "2025-10-01"))

    page = manager.get("/")

    assert "Count the return of" not in before
    assert "Count the return of January to March 2026" in text(page)
    assert 'href="/quarterly/count/2026-01-01/"' in page.content.decode()


def test_a_return_to_sign_and_one_to_send_are_tasks_of_who_may(
    manager: Client, executive: Client, person: Make
) -> None:
    row = count(manager)
    before = text(manager.get("/"))
    manager.post(f"/quarterly/{row.ref}/sign/")

    assert "Sign the return of January to March 2026" in before
    assert "Send the return of" not in text(manager.get("/"))


@pytest.fixture
def asked(manager: Client, executive: Client, person: Make) -> ReturnQuestion:
    """The commissioner asked about a return that was sent."""
    row = sent(manager, executive, count(manager))
    return ReturnQuestion.objects.create(
        of=row, token="token", question="Why did fewer start?", asked_at=factories.NOW
    )


def test_a_question_is_a_task_of_the_manager_until_it_is_answered(
    manager: Client, asked: ReturnQuestion
) -> None:
    before = text(manager.get("/"))
    page = text(manager.post(f"/quarterly/question/{asked.ref}/", {"words": "A room was shut."}, follow=True))

    assert "Answer the commissioner’s question about the return of January to March 2026" in before
    assert "A room was shut." in page
    assert "Answer the commissioner’s question" not in text(manager.get("/"))
    assert Outbox.objects.order_by("id").last().kind == "return-answer"  # type: ignore[union-attr]


@pytest.mark.parametrize("words", ["Only 3 started.", "There were four of them."])
def test_an_answer_with_a_small_number_is_refused_with_its_words_kept(
    manager: Client, asked: ReturnQuestion, words: str
) -> None:
    answer = manager.post(f"/quarterly/question/{asked.ref}/", {"words": words})

    assert answer.status_code == 422
    assert "without numbers below ten" in text(answer)
    assert words in answer.content.decode()
    assert not Outbox.objects.filter(kind="return-answer").exists()


def test_sessions_by_their_number_may_be_named(manager: Client, asked: ReturnQuestion) -> None:
    answer = manager.post(
        f"/quarterly/question/{asked.ref}/", {"words": "Session 3 was moved for two weeks."}
    )

    assert answer.status_code == 302
