"""The measurement of every page: what is dear is said to be, and nothing else is."""

import dataclasses

import pytest

from desist.sites import Zone
from tools.bench import every_page
from tools.bench.every_page_walk import Cost

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
        (15.0, ""),
        (16.0, "over 15 ms"),
        (24.0, "over 15 ms, 4.0 times the median, 6.0 ms"),
    ],
)
def test_a_page_is_dear_beyond_its_bounds(milliseconds: float, said: str) -> None:
    assert verdict(processor=milliseconds) == said


def test_a_page_that_failed_is_not_cheap() -> None:
    assert verdict(status=500, processor=1.0) == "failed with 500"
