"""Definitions that change within a year: nothing is added up or compared across them, and the page says so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.programme.reading import text
from tests.programme.service.quarterly.test_quarterly import (  # noqa: F401 -- fixtures
    JANUARY,
    Make,
    count,
    executive,
    leaves,
    manager,
    sent,
    today,
)

from desist.programme.service.quarterly.models import QuarterlyReturn
from desist.programme.service.returns import queries as facts
from desist.quarterly import keeping
from desist.quarterly.release import Count
from desist.returns import definitions
from desist.returns.counted import Counted
from desist.returns.quarters import Quarter

pytestmark = pytest.mark.django_db

OLDER, NEWEST = "2026-12-2", "2026-12-3"
APRIL, JULY, OCTOBER = date(2025, 4, 7), date(2025, 7, 7), date(2025, 10, 6)


@pytest.fixture
def by_older(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], QuarterlyReturn]], QuarterlyReturn]:
    """Count as it was counted before the definitions changed."""

    def counted(act: Callable[[], QuarterlyReturn]) -> QuarterlyReturn:
        with monkeypatch.context() as before:
            before.setattr(definitions, "newest", lambda *_: definitions.edition(OLDER))
            return act()

    return counted


def standing(quarter: date, version: str = NEWEST, state: str = "sent") -> QuarterlyReturn:
    """A return that is not kept."""
    return QuarterlyReturn(
        ref=f"{quarter:%b}{version[-1]}", quarter=quarter, definitions=version, state=state
    )


@pytest.mark.parametrize(
    ("rows", "added"),
    [
        ([standing(date(2025, 7, 1))], ("Apr3", "Jul3", "Oct3", "new")),
        ([standing(date(2025, 7, 1), OLDER)], ()),
        ([standing(date(2025, 7, 1), state="recalled")], ()),
        ([], ()),
        # a correction by the newest definitions makes four again
        (
            [standing(date(2025, 7, 1), OLDER, "replaced"), standing(date(2025, 7, 1))],
            ("Apr3", "Jul3", "Oct3", "new"),
        ),
    ],
)
def test_four_returns_add_up_by_one_edition_alone(
    rows: list[QuarterlyReturn], added: tuple[str, ...]
) -> None:
    new = Count("new", Quarter(date(2026, 1, 1)), 1, NEWEST, Counted({}, {}))

    assert keeping.added_up(new, [standing(date(2025, 4, 1)), *rows, standing(date(2025, 10, 1))]) == added


def test_a_year_of_two_editions_is_neither_added_up_nor_compared(
    manager: Client,  # noqa: F811
    executive: Client,  # noqa: F811
    person: Make,
    by_older: Callable[[Callable[[], QuarterlyReturn]], QuarterlyReturn],
) -> None:
    for first in (APRIL, JULY, OCTOBER, JANUARY):
        for number in range(6):
            person(first + timedelta(days=number))
    for key in ("2025-04-01", "2025-07-01"):
        before = by_older(lambda key=key: sent(manager, executive, count(manager, key)))  # type: ignore[misc]
        assert before.definitions == OLDER

    autumn = sent(manager, executive, count(manager, "2025-10-01"))
    page = text(manager.get(f"/quarterly/{autumn.ref}/"))
    assert (autumn.definitions, autumn.moved, autumn.moves) == (NEWEST, "otherwise", "[]")
    assert "The quarter before was counted by other definitions, so the two are not compared." in page

    winter = count(manager)
    page = text(manager.get(f"/quarterly/{winter.ref}/"))
    assert (winter.over, winter.moved) == ("", "same")
    assert not [one for one in leaves(winter) if one.startswith("four ")]
    assert (
        "Four quarters together leave once four returns by the same definitions follow one another." in page
    )


@pytest.mark.parametrize(
    ("late", "moved"),
    [
        (0, ("same", "Every figure of the quarter before is what it was.")),
        (9, ("a_few", "Figures of the quarter before have moved since, none of them by 10 or more.")),
        (10, ("more", "A figure of the quarter before has moved by 10 or more since: a correction follows.")),
    ],
)
def test_what_moved_is_one_of_three_sentences(
    manager: Client,  # noqa: F811
    executive: Client,  # noqa: F811
    person: Make,
    late: int,
    moved: tuple[str, str],
) -> None:
    for number in range(12):
        person(OCTOBER + timedelta(days=number))
    sent(manager, executive, count(manager, "2025-10-01"))
    for number in range(late):
        person(date(2025, 11, 20) + timedelta(days=number))

    row = count(manager)

    code, sentence = moved
    assert row.moved == code
    assert sentence in text(manager.get(f"/quarterly/{row.ref}/"))


def test_who_was_referred_twice_is_read_once_for_both_quarters(
    manager: Client,  # noqa: F811
    executive: Client,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def seconds(*args: object, **_: object) -> list[str]:
        asked.append(args)
        return []

    monkeypatch.setattr(facts, "seconds", seconds)
    sent(manager, executive, count(manager, "2025-10-01"))
    asked.clear()

    row = count(manager)

    assert (row.moved, len(asked)) == ("same", 1)
