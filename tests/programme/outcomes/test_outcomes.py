"""Outcomes over a service: a year worked out by hand, whole, with the people behind each number for managers alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import lxml.html
import pytest
from django.test import Client
from psycopg.types.range import TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.pages.outcomes import counting, queries
from desist.programme.pages.outcomes.counting import Person
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.returns.facts import Case, Period
from desist.ui import dates
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

SPRING = Period(date(2026, 1, 1), date(2026, 3, 31))
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
TODAY = date(2026, 5, 4)
ADDRESS = "/outcomes/?quarter=2026-1"


def person(ref: str, sessions: int, *, changed: int = 0, **fields: Any) -> Person:
    """A person referred in May 2025, accepted a week later and allocated after two more.

    A colleague holds their sessions after the one of the number `changed`.
    """
    received = fields.pop("received", date(2025, 5, 5))
    days = {"opened": received + timedelta(days=7), "allocated": received + timedelta(days=21)}
    case = Case(
        received=received,
        source="police",
        route="police_voluntary",
        **{"state": "accepted", "accepted": True, "assessed": days["opened"]} | days | fields,
    )
    held = frozenset(range(1, sessions + 1))
    hands = 2 if 0 < changed < sessions else min(sessions, 1)
    return Person(ref, case, held, sessions, hands, received + timedelta(days=28) if sessions else None)


def numbers(people: list[Person], title: str) -> dict[str, int]:
    found = counting.groups(people, over=YEAR, today=TODAY)
    group = next(one for one in found if one.title == title)
    return {one.code: one.number for one in group.figures}


ENDED = date(2025, 11, 3)
PEOPLE = [
    person("all", 12, ended=ENDED, completed=True),
    person("some", 4, ended=ENDED, changed=2),
    person("few", 1, ended=ENDED),
    person("there", 7),
    person("none", 0, ended=ENDED),
    person("declined", 0, state="declined", accepted=False, opened=None, allocated=None, assessed=None),
    person("twice", 0, state="declined", decline_reason="duplicate", accepted=False, opened=None),
    person("before", 12, received=date(2024, 1, 8), ended=date(2024, 6, 3), completed=True),
]


def test_the_funnel_follows_the_people_who_were_referred_in_the_year() -> None:
    assert numbers(PEOPLE, "From referral to completion") == {
        "received": 6,
        "accepted": 5,
        "assessed": 5,
        "allocated": 5,
        "started": 4,
        "half": 2,
        "completed": 1,
    }


def test_attrition_is_of_people_who_started_and_ended_by_their_last_session() -> None:
    found = numbers(PEOPLE, "Still there, by session")

    # twelve, four and one session; the person who is still there and the one of the year before are not in it
    assert [found[f"reached-{number}"] for number in (1, 2, 4, 5, 12)] == [3, 2, 2, 1, 1]


def test_doses_share_out_everybody_who_started_and_ended() -> None:
    assert numbers(PEOPLE, "Sessions attended") == {"dose-1": 1, "dose-4": 1, "dose-7": 0, "dose-10": 1}


def test_a_session_that_was_made_up_is_one_session() -> None:
    twice = replace(person("made-up", 3, ended=ENDED), meetings=4)

    assert numbers([twice], "Sessions attended") == {"dose-1": 1, "dose-4": 0, "dose-7": 0, "dose-10": 0}


def test_continuity_counts_the_practitioners_of_people_with_two_sessions_or_more() -> None:
    assert numbers(PEOPLE, "Who held their sessions") == {"hands-1": 1, "hands-2": 1, "hands-3": 0}


def test_people_wait_from_acceptance_to_allocation_at_the_end_of_a_month() -> None:
    found = numbers(PEOPLE, "Waiting list")

    # accepted on 12 May, allocated on 26 May: nobody waits on 31 May
    assert found["waiting-2025-05"] == 0
    late = [person("late", 0, allocated=date(2025, 7, 1)), person("never", 0, allocated=None)]
    waits = numbers(late, "Waiting list")
    assert [waits[f"waiting-2025-{month:02}"] for month in (5, 6, 7, 8)] == [2, 2, 1, 1]
    assert len(waits) == 12


@pytest.mark.parametrize("what", ["allocated", "ended"])
def test_the_last_day_of_waiting_is_the_day_before_it_ended(what: str) -> None:
    last = date(2025, 5, 31)
    days: dict[str, Any] = {"allocated": None, what: last}
    someone = person("last", 0, **days)

    assert numbers([someone], "Waiting list")["waiting-2025-05"] == 0


def test_a_month_that_is_not_over_ends_today() -> None:
    over = Period(date(2026, 4, 1), TODAY)

    assert counting.month_ends(over, TODAY) == [date(2026, 4, 30), TODAY]


def test_the_trend_counts_each_by_its_own_day() -> None:
    found = dict(counting.trend(PEOPLE, last=SPRING).lines)

    # April to June 2024 is the first of the eight, April to June 2025 the fifth
    assert found["Referred"] == (0, 0, 0, 0, 6, 0, 0, 0)
    assert found["Attended session 1"] == (0, 0, 0, 0, 4, 0, 0, 0)
    assert found["Completed"] == (1, 0, 0, 0, 0, 0, 1, 0)
    assert found["Left before completing"] == (0, 0, 0, 0, 0, 0, 3, 0)


@pytest.fixture
def make(practitioner: Practitioner) -> Callable[..., Episode]:
    """Make a person referred in January 2026 with sessions a week apart, each at an hour of their own."""
    made: list[Episode] = []

    def one(sessions: int, **fields: Any) -> Episode:
        start = datetime(2026, 1, 5, 8 + len(made), tzinfo=dates.LONDON)
        referral = factories.referral(
            completed_at=start, received_at=start, given_names=f"Robin{len(made)}", pnc=""
        )
        episode = factories.episode(referral=referral, practitioner=practitioner, opened_at=start, **fields)
        episode.allocations.update(made_at=start)
        made.append(episode)
        for number in range(1, sessions + 1):
            began = start + timedelta(days=7 * number)
            factories.attended(
                episode=episode, number=number, period=TimestamptzRange(began, began + timedelta(minutes=50))
            )
        return episode

    return one


@pytest.fixture
def manager(db: None) -> Client:
    return staff.browser(account=staff.account(name="Moss"), role=Role.MANAGER)


def test_the_page_shows_whole_numbers_that_open_their_people(
    manager: Client, make: Callable[..., Episode]
) -> None:
    for sessions in (0, 1, 7):
        make(sessions)

    page = text(manager.get(ADDRESS))
    people = text(manager.get("/outcomes/people/?quarter=2026-1&of=half"))

    assert "Attended session 1 2 people: From referral to completion, Attended session 1 67" in page
    assert "Kit Marlow" in page
    assert "Robin2" in people
    assert "Robin1" not in people


def test_the_weeks_count_the_sessions_of_each_practitioner(
    manager: Client, make: Callable[..., Episode]
) -> None:
    make(2)
    make(1)
    page: Any = lxml.html.document_fromstring(manager.get(ADDRESS).content.decode())
    (table,) = page.xpath('//main//table[contains(caption, "Sessions held by each practitioner")]')
    rows = {
        one.findtext("th"): [cell.text for cell in one.findall("td")] for one in table.xpath("./tbody/tr")
    }
    mondays = [one.text.strip() for one in table.xpath("./thead//th")][1:]

    held = {"12 Jan": "2", "19 Jan": "1"}
    assert rows["The team"] == rows["Kit Marlow"] == [held.get(monday, "0") for monday in mondays]
    assert set(held) <= set(mondays)


def people_links(page: Any) -> dict[str, str]:
    return {
        one.get("href"): one.text for one in page.xpath('//main//a[contains(@href, "/outcomes/people/")]')
    }


def test_every_number_of_the_page_opens_as_many_people_as_it_says(
    manager: Client, make: Callable[..., Episode]
) -> None:
    make(2)
    make(7)
    make(1, state="waiting")
    page: Any = lxml.html.document_fromstring(manager.get(ADDRESS).content.decode())
    links = people_links(page)

    assert len(links) >= 8
    assert {
        f"/outcomes/people/?quarter=2026-1&of={code}.2026-01-01" for code in ("referred", "began")
    } <= set(links)
    for address, number in links.items():
        opened: Any = lxml.html.document_fromstring(manager.get(address).content.decode())
        assert len(opened.xpath("//main//tbody/tr")) == int(number), address


def opened(client: Client, address: str) -> Any:
    return lxml.html.document_fromstring(client.get(f"/outcomes/people/{address}").content.decode())


def test_many_people_behind_a_number_stand_on_several_pages_and_are_all_counted(
    manager: Client, make: Callable[..., Episode], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for _ in range(3):
        make(1)

    first = opened(manager, "?quarter=2026-1&of=received")
    (onward,) = first.xpath('//main//a[@rel="next"]/@href')
    second = opened(manager, onward)

    named = [one.xpath("//main//tbody/tr/th/a/text()") for one in (first, second)]
    assert [len(one) for one in named] == [2, 1]
    assert len({*named[0], *named[1]}) == 3
    assert all("3 people." in one.text_content() for one in (first, second))
    assert second.xpath('//main//a[@rel="prev"]')


def test_an_executive_sees_the_numbers_and_opens_nobody(
    manager: Client, make: Callable[..., Episode]
) -> None:
    make(3)
    executive = staff.browser(account=staff.account(name="Perrin"), role=Role.EXECUTIVE)

    answer = executive.get(ADDRESS)

    assert answer.status_code == 200
    assert "/outcomes/people/" not in answer.content.decode()
    assert "Robin" not in text(answer)
    assert executive.get("/outcomes/people/?of=received").status_code == 403


def test_a_case_that_is_shut_to_the_reader_is_in_no_number(
    manager: Client, make: Callable[..., Episode]
) -> None:
    episode = make(3)
    make(3)
    Restriction.objects.create(
        case=episode.referral.ref, reason="A colleague's relative", made_by="carol", made_at=factories.NOW
    )

    assert "1 person: referred in these four quarters." in text(manager.get(ADDRESS))


def test_a_person_of_another_area_is_in_no_number(manager: Client, make: Callable[..., Episode]) -> None:
    make(1)
    factories.referral(area="elsewhere", completed_at=datetime(2026, 1, 5, 9, tzinfo=dates.LONDON))

    assert "1 person: referred in these four quarters." in text(manager.get(ADDRESS))


@pytest.mark.parametrize(
    "address",
    [
        "/outcomes/?quarter=1999-1",
        "/outcomes/endings/?quarter=1999-1",
        "/outcomes/people/?quarter=1999-1&of=half",
    ],
)
def test_a_quarter_that_is_none_gets_a_sentence(manager: Client, address: str) -> None:
    assert manager.get(address).status_code == 422


def test_a_figure_that_is_none_is_not_found(manager: Client) -> None:
    for figure in ("everybody", "goals.everybody", "referred.1999-01-01"):
        assert manager.get(f"/outcomes/people/?quarter=2026-1&of={figure}").status_code == 404


def test_an_empty_service_says_so(manager: Client) -> None:
    page = text(manager.get(ADDRESS))

    assert "No people: " in page
    assert "No session was held in the last twelve weeks of this time." in page


def test_a_person_counts_once_a_quarter_and_again_in_a_later_one(
    manager: Client, make: Callable[..., Episode]
) -> None:
    first = make(1).referral
    named = {name: getattr(first, name) for name in ("given_names", "family_name", "born")}
    for days, times in ((10, 1), (-30, 2)):
        factories.referral(completed_at=first.completed_at + timedelta(days=days), pnc="", **named)
        page = text(manager.get(ADDRESS))

        assert f"{times} {'person' if times == 1 else 'people'}: referred in these four quarters." in page
    assert (
        "A second referral of a person in the same quarter does not count; one in a later quarter does"
        in page
    )


LEFT = {"state": "left", "ended_at": datetime(2026, 2, 27, 12, tzinfo=dates.LONDON)}


def at_the_end(client: Client) -> Any:
    return lxml.html.document_fromstring(client.get("/outcomes/endings/?quarter=2026-1").content.decode())


def numbers_of(page: Any, caption: str) -> dict[str, str]:
    """Return the numbers of a table that are not nought, by the words before them."""
    (table,) = page.xpath(f'//main//table[contains(caption, "{caption}")]')
    rows = {
        one.xpath("string(th)").strip(): one.xpath("string(td[1]/a/text() | td[1]/text())").strip()
        for one in table.xpath("./tbody/tr")
    }
    return {words: number for words, number in rows.items() if number != "0"}


@pytest.fixture
def ended(make: Callable[..., Episode]) -> list[Episode]:
    """Three people whose place ended: one withdrew, one has no reason recorded, one never came."""
    gone = [make(2, **LEFT), make(1, **LEFT), make(0, **LEFT)]
    said = {"state": "ended", "by": "person", "reason": "withdrew", "phase": "during", "held_until": None}
    factories.leaving(episode=gone[0], ended_at=LEFT["ended_at"], **said)
    for occasion, total in (("baseline", 20), ("closing", 8)):
        factories.measure(episode=gone[0], instrument="phq-9", occasion=occasion, total=total)
    for state in ("reached", "open"):
        factories.goal(episode=gone[0], state=state)
    for months in (6, 12):
        FollowUp.objects.create(
            episode=gone[0], months=months, due_on=date(2026, 3, 2), made_at=factories.NOW
        )
    return gone


def test_how_places_ended_stands_with_reasons_measures_goals_and_follow_ups(
    manager: Client, ended: list[Episode]
) -> None:
    page = at_the_end(manager)

    assert numbers_of(page, "Why they left, and at which stage") == {
        "Withdrew: during the sessions": "1",
        "Not known: not known": "2",
    }
    assert numbers_of(page, "Measures at the end") == {
        "PHQ-9: reliably improved": "1",
        "PHQ-9: apart: cannot be judged": "1",
        **{f"{form}: apart: cannot be judged": "2" for form in ("CORE-10", "GAD-7", "PCL-5")},
    }
    assert numbers_of(page, "Goals at the end") == {"Some of them": "1", "No goal was agreed": "1"}
    for months in ("six", "twelve"):
        assert numbers_of(page, f"Follow-up {months} months after the end") == {"Not recorded yet": "1"}


def test_every_number_at_the_end_opens_as_many_people_as_it_says(
    manager: Client, ended: list[Episode]
) -> None:
    links = people_links(at_the_end(manager))

    assert len(links) == 11
    for address, number in links.items():
        found: Any = lxml.html.document_fromstring(manager.get(address).content.decode())
        assert len(found.xpath("//main//tbody/tr")) == int(number), address


def test_an_executive_sees_how_places_ended_and_opens_nobody(manager: Client, ended: list[Episode]) -> None:
    executive = staff.browser(account=staff.account(name="Perrin"), role=Role.EXECUTIVE)

    page = at_the_end(executive)

    assert numbers_of(page, "Goals at the end") == {"Some of them": "1", "No goal was agreed": "1"}
    assert people_links(page) == {}


def test_how_places_ended_costs_the_same_queries_for_more_people(
    manager: Client, make: Callable[..., Episode], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(6):
        make(1, **LEFT)

    with django_assert_max_num_queries(8):
        at_the_end(manager)
