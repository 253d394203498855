"""What is due on the first page: sessions nobody recorded, missed ones nobody followed up, people nobody has."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.disclosures.models import DisclosureRequest
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner, SupervisionArrangement
from desist.references import spoken
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> TimestamptzRange:
    start = timezone.localtime() - (timedelta(days=days) or timedelta(hours=2))
    return TimestamptzRange(start, start + timedelta(minutes=90))


def test_a_session_without_an_outcome_is_asked_for_at_once_and_late_after_two_days(
    kit_browser: Client, episode: Episode
) -> None:
    factories.session(episode=episode, number=1, period=days_ago(3))
    factories.session(episode=episode, number=2, period=days_ago(1))

    page = text(kit_browser.get("/"))

    assert "finish the record of session 1" in page
    assert "1 day late: held 3 days ago" in page
    assert "finish the record of session 2" in page
    assert page.index("session 1") < page.index("session 2")


def test_a_missed_session_is_due_until_somebody_has_asked(kit_browser: Client, episode: Episode) -> None:
    missed = factories.missed(episode=episode, period=days_ago(10))

    today = dates.day_of(timezone.now())
    day = {"tried_on-day": today.day, "tried_on-month": today.month, "tried_on-year": today.year}
    form = {"outcome": "message", "note": "Left a voicemail.", "form_version": "0", **day}
    before = text(kit_browser.get("/"))
    kit_browser.post(f"/sessions/{missed.ref}/follow-up/", form)
    tried = text(kit_browser.get("/"))
    kit_browser.post(f"/sessions/{missed.ref}/follow-up/", {**form, "outcome": "spoke", "form_version": "1"})
    after = text(kit_browser.get("/"))

    assert "contact them about session 1, missed on" in before
    assert ", tried 1 time" in tried
    assert "contact them about" not in after


def test_what_waits_names_the_kind_of_session(kit_browser: Client, episode: Episode) -> None:
    factories.session(episode=episode, kind="pivot", period=days_ago(4))
    now = timezone.now()
    just_now = TimestamptzRange(now, now + timedelta(minutes=1))
    factories.session(episode=episode, kind="catch_up", number=5, period=just_now)

    page = text(kit_browser.get("/"))

    assert "finish the record of pivot session 1" in page
    assert "Catch-up session 5" in page


def test_the_late_comes_before_the_rest(kit_browser: Client, episode: Episode) -> None:
    factories.missed(episode=episode, number=2, period=days_ago(0))
    factories.session(episode=episode, number=1, period=days_ago(4))

    page = text(kit_browser.get("/"))

    assert page.index("finish the record of session 1") < page.index("contact them about")


@pytest.mark.parametrize("number", [1, 9])
def test_to_do_costs_the_same_queries_however_much_is_due(
    kit_browser: Client, episode: Episode, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for one in range(1, number + 1):
        factories.session(episode=episode, number=one, period=days_ago(10 * one))

    with django_assert_num_queries(20):
        kit_browser.get("/")


def test_an_assessment_of_today_stands_among_the_meetings(kit_browser: Client, episode: Episode) -> None:
    now = timezone.now()
    period = TimestamptzRange(now, now + timedelta(minutes=1))
    row = factories.assessment(episode=episode, period=period)

    answer = kit_browser.get("/")

    assert "Robin Example Assessment By video" in text(answer)
    assert f"/assessments/{row.ref}/" in answer.content.decode()


@pytest.mark.parametrize(("days", "late"), [(1, False), (3, True)])
def test_an_assessment_without_an_outcome_is_late_after_two_days(
    kit_browser: Client, episode: Episode, days: int, late: bool
) -> None:
    factories.assessment(episode=episode, period=days_ago(days))

    page = text(kit_browser.get("/"))

    assert "finish or cancel the assessment" in page
    assert ("1 day late" in page) is late


@pytest.mark.parametrize(("ago", "said"), [(3, "3 days late: session on"), (-5, "session on"), (-20, "")])
def test_whoever_was_not_told_is_due_a_week_before_the_first_session_and_late_after_it(
    kit_browser: Client, episode: Episode, ago: int, said: str
) -> None:
    day = dates.on(factories.session(episode=episode, period=days_ago(ago)).period.lower)

    page = kit_browser.get("/")

    asked = f"Robin Example : give them the information notice {spoken(episode.ref)} {said} {day}"
    assert (asked in text(page)) is bool(said)
    assert (f'href="/agreement/{episode.ref}/"' in page.content.decode()) is bool(said)


def test_after_the_notice_the_answer_is_due_and_after_the_answer_nothing(
    kit_browser: Client, episode: Episode
) -> None:
    factories.session(episode=episode, period=days_ago(1))
    factories.notice_given(episode=episode)

    told = text(kit_browser.get("/"))
    factories.agreement(episode=episode, state="refused")
    answered = text(kit_browser.get("/"))

    assert "record whether they take part" in told
    assert "record whether" not in answered
    assert "information notice" not in answered


def test_a_session_that_was_missed_or_cancelled_met_nobody(kit_browser: Client, episode: Episode) -> None:
    factories.missed(episode=episode, number=1, period=days_ago(9))
    factories.session(episode=episode, number=2, state="cancelled", period=days_ago(2))

    assert "information notice" not in text(kit_browser.get("/"))


def test_a_manager_tells_where_nobody_works_with_the_person_and_a_supervisor_reads_nothing_of_it(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    factories.session(episode=episode, period=days_ago(1))
    manager, supervisor = signed_in(role=Role.MANAGER), signed_in(role=Role.SUPERVISOR)

    theirs = text(manager.get("/"))
    episode.allocations.update(ended_at=timezone.now(), reason="other")
    nobodys = text(manager.get("/"))

    assert "information notice" not in theirs
    assert "give them the information notice" in nobodys
    assert "information notice" not in text(supervisor.get("/"))


def test_nobody_is_told_of_somebody_who_left(kit_browser: Client, episode: Episode) -> None:
    factories.session(episode=episode, period=days_ago(1))
    factories.ended(episode=episode, state="left")

    assert "information notice" not in text(kit_browser.get("/"))


def missing(page: str) -> list[str]:
    """What the page says of the assessment and the baseline."""
    said = ("Robin Example : do the assessment", "Robin Example : take the baseline measures")
    return [one for one in said if one in page]


def test_who_is_in_sessions_is_still_to_be_assessed_and_measured_until_they_are(
    kit_browser: Client, episode: Episode
) -> None:
    factories.agreement(episode=episode)
    factories.session(episode=episode, period=days_ago(1))
    before = missing(text(kit_browser.get("/")))
    held = factories.attended(episode=episode, number=2, period=days_ago(8))

    page = kit_browser.get("/")
    assert len(missing(text(page))) == 2
    assert f"days late: sessions began on {dates.on(held.period.lower)}" in text(page)
    assert f'href="/measures/of/{episode.ref}/"' in page.content.decode()
    assert before == []

    factories.measure(episode=episode)
    assert missing(text(kit_browser.get("/"))) == ["Robin Example : do the assessment"]
    factories.assessment(episode=episode)
    assert missing(text(kit_browser.get("/"))) == []


@pytest.mark.parametrize(
    ("state", "requirement", "asked"), [("refused", "", 0), ("withdrawn", "Condition 4", 2)]
)
def test_who_said_no_is_neither_assessed_nor_measured_unless_something_requires_them(
    kit_browser: Client, episode: Episode, state: str, requirement: str, asked: int
) -> None:
    ended: dict[str, Any] = {
        "withdrawal_reason": "moved",
        "withdrawn_by": "kit",
        "withdrawn_at": factories.NOW,
    }
    changes = ended if state == "withdrawn" else {}
    factories.agreement(episode=episode, state=state, requirement=requirement, **changes)
    factories.attended(episode=episode, period=days_ago(8))

    assert len(missing(text(kit_browser.get("/")))) == asked


def test_only_whoever_works_with_the_person_is_asked_for_what_is_missing(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    factories.attended(episode=episode, period=days_ago(8))
    manager, supervisor = signed_in(role=Role.MANAGER), signed_in(role=Role.SUPERVISOR)
    theirs = missing(text(manager.get("/")))
    episode.allocations.update(ended_at=timezone.now(), reason="other")

    assert theirs == []
    assert len(missing(text(manager.get("/")))) == 2
    assert missing(text(supervisor.get("/"))) == []
    factories.ended(episode=episode, state="left")
    assert missing(text(manager.get("/"))) == []


def test_seeing_the_person_ends_the_task_of_a_missed_session(kit_browser: Client, episode: Episode) -> None:
    factories.missed(episode=episode, number=2, period=days_ago(20))
    before = text(kit_browser.get("/"))
    factories.attended(episode=episode, number=3, period=days_ago(10))

    assert "contact them about session 2" in before
    assert "contact them about" not in text(kit_browser.get("/"))


def test_a_person_is_named_and_the_reference_stands_beside_the_name(
    kit_browser: Client, episode: Episode
) -> None:
    factories.missed(episode=episode, number=2, period=days_ago(10))

    page = kit_browser.get("/").content.decode()

    assert f'<span class="desist-due__ref">{spoken(episode.ref)}</span>' in page
    assert "Robin Example" in page


def test_the_days_ahead_are_listed_by_when(kit_browser: Client, episode: Episode) -> None:
    for number, days in enumerate((1, 4), start=1):
        factories.session(episode=episode, number=number, period=days_ago(-days))

    page = text(kit_browser.get("/"))

    assert page.index("Tomorrow") < page.index("session 1, ") < page.index("This week")
    assert page.index("This week") < page.index("session 2, ")


def test_a_day_with_nothing_says_what_comes_next(kit_browser: Client, episode: Episode) -> None:
    SupervisionArrangement.objects.update(due_on=timezone.localdate() + timedelta(days=9))
    assert "Nothing waits for you. New task" in text(kit_browser.get("/"))

    factories.session(episode=episode, period=days_ago(-1))

    assert "Nothing waits for you" not in text(kit_browser.get("/"))


def test_a_day_with_forty_tasks_shows_twelve_and_opens_the_rest(
    kit_browser: Client, episode: Episode, practitioner: Practitioner
) -> None:
    for number in range(40):
        other = factories.episode(referral=factories.referral(), practitioner=practitioner)
        factories.missed(episode=other, period=days_ago(10 + number))

    page = kit_browser.get("/").content.decode()

    assert "And 29 more" in page
    assert page.count("contact them about") == 40


def test_a_manager_reads_the_work_of_each_practitioner_under_their_name(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    factories.missed(episode=episode, number=2, period=days_ago(10))
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))

    own, team = text(manager.get("/")), text(manager.get("/team-to-do/"))

    assert "contact them about" not in own
    assert "Kit Marlow: 1 to do, 1 late" in team
    assert "Robin Example : contact them about session 2" in team


def test_two_practitioners_of_one_name_are_two(signed_in: Callable[..., Client], episode: Episode) -> None:
    namesake = factories.practitioner(account=factories.account(name="Kit Marlow"))
    factories.missed(
        episode=factories.episode(referral=factories.referral(), practitioner=namesake), period=days_ago(10)
    )
    now = timezone.now()
    factories.assessment(episode=episode, period=TimestamptzRange(now, now + timedelta(minutes=1)))
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))

    page = text(manager.get("/team-to-do/"))

    assert page.index("Kit Marlow: 1 to do, 1 late ") < page.index("Kit Marlow: 0 to do, 1 meeting today")


def test_a_large_team_stands_on_pages_of_twenty_the_most_urgent_first(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    for number in range(22):
        who = factories.practitioner(account=factories.account(name=f"Colleague {number:02}"))
        other = factories.episode(referral=factories.referral(), practitioner=who)
        if number > 3:
            factories.missed(episode=other, period=days_ago(10))
    factories.measure(episode=episode, flagged=True)  # its safety check comes before all that is late
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))

    first = manager.get("/team-to-do/")
    (onward,) = re.findall('rel="next" href="([^"]+)"', first.content.decode())
    second = manager.get(f"/team-to-do/{onward}")
    (back,) = re.findall('rel="prev" href="([^"]+)"', second.content.decode())

    late = [f"Colleague {number:02}: 1 to do, 1 late" for number in range(4, 22)]
    idle = [f"Colleague {number:02}: 0 to do" for number in range(4)]
    assert members(first) == ["Kit Marlow: 1 to do", *late, idle[0]]
    assert members(second) == idle[1:]
    assert members(manager.get(f"/team-to-do/{back}")) == members(first)
    assert "Showing 20 practitioners; there are more" in text(first)
    assert "such as a safety check, come first, then those with the most that is late." in text(second)


def members(page: Any) -> list[str]:
    """The practitioners of a page, in their order, with what is said of each."""
    return re.findall('summary-text">([^<]+: [0-9]+ to do[^<]*)<', page.content.decode())


@pytest.mark.parametrize("number", [1, 9])
def test_my_team_costs_the_same_queries_however_many_people_there_are(
    signed_in: Callable[..., Client],
    episode: Episode,
    practitioner: Practitioner,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    for one in range(number):
        other = factories.episode(referral=factories.referral(), practitioner=practitioner)
        factories.missed(episode=other, period=days_ago(10 * one + 5))

    with django_assert_num_queries(10):
        manager.get("/team-to-do/")


def test_a_person_who_was_given_to_one_lately_is_new(kit_browser: Client, episode: Episode) -> None:
    assert "New for you" not in text(kit_browser.get("/"))

    episode.allocations.update(made_at=timezone.now() - timedelta(days=2))

    assert "New for you Robin Example : you work with them from now on" in text(kit_browser.get("/"))


def test_an_answer_of_the_police_is_new_and_a_question_waits_for_it(
    kit_browser: Client, episode: Episode, kit: Account
) -> None:
    who = {"asked_by": kit.ref, "asked_at": factories.NOW, "area": episode.area}
    DisclosureRequest.objects.create(referral=episode.referral, purpose="sessions", submission="q", **who)
    waits = text(kit_browser.get("/"))
    DisclosureRequest.objects.update(state="answered", settled_at=timezone.now())

    assert "Waiting for others Robin Example : the police have not answered your question" in waits
    assert "New for you Robin Example : the police answered your question" in text(kit_browser.get("/"))
