"""The measurement of every page: what is dear is said to be, and nothing else is."""

import dataclasses
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desist.sites import Zone
from desist.wall.actors import Role
from tools.bench import every_page
from tools.bench.every_page_walk import Cost
from tools.cli import bench

SOURCE = Path(__file__).parent.parent.parent / "src" / "desist"
COST = Cost(route="home:home", address="/", status=200, processor=6.0, queries=8, size=9_000)


def verdict(**fields: float) -> str:
    """Return what is said of a page beside four ordinary ones."""
    odd = dataclasses.replace(COST, route="odd", **fields)  # type: ignore[arg-type]  # whole numbers stay whole
    pages = every_page.judged(Zone.PROGRAMME, [("Manager", one) for one in (COST, COST, odd, COST, COST)])
    (said,) = (page.verdict for page in pages if page.cost.route == "odd")
    return said


def test_the_dearest_page_comes_first() -> None:
    dear = dataclasses.replace(COST, processor=9.0)

    first, _ = every_page.judged(Zone.PROGRAMME, [("Manager", COST), ("Manager", dear)])

    assert first.cost is dear


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [
        (6.0, ""),
        (18.0, ""),
        (18.6, "over 15 ms, 3.1 times the median, 6.0 ms"),
        (24.0, "over 15 ms, 4.0 times the median, 6.0 ms"),
    ],
)
def test_a_page_is_dear_beyond_three_times_the_median(milliseconds: float, said: str) -> None:
    assert verdict(processor=milliseconds) == said


def test_where_pages_cost_little_fifteen_milliseconds_are_not_dear() -> None:
    cheap = dataclasses.replace(COST, processor=1.0)
    beside = [dataclasses.replace(cheap, processor=15.0), dataclasses.replace(cheap, processor=15.1)]

    pages = every_page.judged(Zone.PROGRAMME, [("Manager", one) for one in (cheap, cheap, cheap, *beside)])

    assert [page.verdict for page in pages][:3] == ["over 15 ms, 15.1 times the median, 1.0 ms", "", ""]


def test_a_page_that_puts_together_a_day_may_cost_more_but_not_without_end() -> None:
    day = dataclasses.replace(COST, route="home:team", processor=48.0)
    dear = dataclasses.replace(day, processor=49.0)

    pages = every_page.judged(Zone.PROGRAMME, [("Manager", one) for one in (COST, COST, COST, day, dear)])

    assert [page.verdict for page in pages][:2] == ["over 15 ms, 8.2 times the median, 6.0 ms", ""]


def test_in_a_zone_that_is_dear_as_a_whole_every_page_is() -> None:
    dear = dataclasses.replace(COST, processor=15.5)

    pages = every_page.judged(Zone.PROGRAMME, [("Manager", dear), ("Manager", dear)])

    assert [page.verdict for page in pages] == ["the median of its zone is 15.5 ms, over 15"] * 2


def test_a_page_that_may_cost_more_is_one_that_there_is() -> None:
    there = {
        f"{space}:{name}"
        for urls in SOURCE.rglob("urls.py")
        for space in re.findall(r'^app_name = "([^"]+)"', urls.read_text(), re.MULTILINE)
        for name in re.findall(r'name="([^"]+)"', urls.read_text())
    }

    assert set() == every_page.OVERVIEWS - there


def test_a_page_that_failed_is_not_cheap() -> None:
    assert verdict(status=500, processor=1.0) == "failed with 500"


def test_each_role_of_a_zone_walks_once() -> None:
    found = [person.role for person in every_page.walkers([Zone.ADVOCACY], list(Role))]

    assert found == [
        Role.ADVOCATE, Role.ADVOCACY_MANAGER, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER,
    ]  # fmt: skip


def test_one_role_walks_through_its_zone_alone() -> None:
    (person,) = every_page.walkers(list(Zone), [Role.MANAGER])

    assert (person.zone, person.role) == (Zone.PROGRAMME, Role.MANAGER)


def test_a_role_that_a_zone_does_not_have_is_refused_before_an_area_is_made() -> None:
    asked = ["every-page", "--zone", "advocacy", "--role", "manager"]

    answer = CliRunner().invoke(bench.app, asked)

    assert answer.exit_code == 2
    assert "No one in these zones has that role." in answer.output
