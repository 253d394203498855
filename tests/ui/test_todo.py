"""What is to do, by when: the groups, their order, and the words of time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desist.ui import todo
from desist.ui.todo import Line, When

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def line(words: str = "ring them", **fields: Any) -> Line:
    return Line(words=words, route="home:home", ref="one", **fields)


@pytest.mark.parametrize(
    ("fields", "group", "said", "late"),
    [
        ({"by": TODAY - DAY}, "Today", "1 day late", True),
        ({"by": TODAY - 40 * DAY}, "Today", "40 days late", True),
        ({"by": TODAY - DAY, "clock": "held 3 days ago"}, "Today", "1 day late: held 3 days ago", True),
        ({"by": NOW - timedelta(minutes=45)}, "Today", "45 minutes late", True),
        ({"by": TODAY}, "Today", "By today", False),
        ({"by": NOW + timedelta(hours=3)}, "Today", "By 2pm today", False),
        ({"by": TODAY + DAY}, "Tomorrow", "By tomorrow", False),
        ({"by": TODAY + 7 * DAY}, "This week", "By Tuesday 1 December", False),
        ({"by": date(2027, 1, 4)}, "Later", "By Monday 4 January 2027", False),
        ({"since": NOW - 280 * DAY}, "Today", "Waiting 9 months", False),
        ({"since": NOW - DAY}, "Today", "Waiting since yesterday", False),
        ({"since": NOW}, "Today", "New", False),
        ({"since": NOW - 3 * DAY, "overdue": True}, "Today", "Waiting 3 days", True),
        ({"when": When.WAITING, "by": TODAY}, "Waiting for others", "By today", False),
        ({}, "Today", "", False),
    ],
)
def test_a_line_stands_in_its_group_and_says_its_time(
    fields: dict[str, Any], group: str, said: str, *, late: bool
) -> None:
    (found,) = todo.grouped([line(**fields)], at=NOW)

    assert (found.title, found.lines[0].clock, found.lines[0].late) == (group, said, late)


def test_what_comes_before_everything_is_first_then_the_late_by_day() -> None:
    lines = [
        line("third", by=TODAY - DAY),
        line("fourth", by=TODAY),
        line("first", now=True),
        line("second", by=TODAY - 3 * DAY),
    ]

    (found,) = todo.grouped(lines, at=NOW)

    assert [one.words for one in found.lines] == ["first", "second", "third", "fourth"]


def test_a_long_group_is_folded() -> None:
    (found,) = todo.grouped([line(by=TODAY) for _ in range(40)], at=NOW)

    assert (len(found.lines), len(found.more)) == (12, 28)


def test_nothing_to_do_has_no_group() -> None:
    assert todo.grouped([], at=NOW) == ()


def test_what_can_be_acted_on_today_is_counted_with_what_is_folded() -> None:
    lines = [
        *(line(by=TODAY - number * DAY) for number in range(20)),
        *(line(when=when) for when in When),
        line(by=TODAY + DAY),
        line(by=TODAY - DAY, when=When.WAITING),
    ]

    assert todo.for_today(todo.grouped(lines, at=NOW)) == 22
