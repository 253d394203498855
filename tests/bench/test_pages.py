"""The measurement of pages: fair turns, honest verdicts, and nothing taken for an answer that is none."""

import dataclasses
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connection

from tools.bench import pages, paired, processor_time
from tools.bench.line import Answer, request
from tools.bench.paired import Ratio

FIGURES = pages.Figures(
    work="B1",
    episodes=1000,
    p50=2.0,
    p95=3.0,
    processor=2.0,
    floor_p50=1.0,
    floor_processor=1.0,
    ratio=Ratio(middle=2.0, low=1.9, high=2.1),
    queries=3,
    size=18_000,
)


def verdicts(*figures: pages.Figures) -> list[bool]:
    return [target.holds for target in pages.beside_the_floor(figures)]


def test_turns_meet_a_drift_of_the_machine_alike() -> None:
    turns = paired.order(3)
    places = {who: [at for at, one in enumerate(turns) if one == who] for who in "AB"}

    assert sum(places["A"]) == sum(places["B"])


def test_a_ratio_is_of_neighbours_so_that_a_slow_spell_hurts_neither() -> None:
    found = paired.ratio([2.0, 20.0, 2.2], [1.0, 10.0, 1.1])

    assert (found.middle, found.low, found.high) == (2.0, 2.0, 2.0)


def test_an_interval_is_as_wide_as_the_ratios_differ_and_the_same_each_time() -> None:
    few, many = paired.ratio([1, 2, 3, 4], [1, 1, 1, 1]), paired.ratio([1, 2, 3, 4], [1, 1, 1, 1])

    assert few == many
    assert few.low < few.middle < few.high


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 3), (0.95, 5), (1.0, 5)])
def test_a_quantile_is_one_of_the_values(share: float, value: float) -> None:
    assert paired.quantile([5, 1, 4, 2, 3], share) == value


def test_what_is_within_its_bounds_holds() -> None:
    assert verdicts(FIGURES) == [True, True]


def test_a_page_that_costs_more_than_its_share_is_missed() -> None:
    dear = dataclasses.replace(FIGURES, ratio=Ratio(middle=4.1, low=3.9, high=4.3))

    assert verdicts(dear) == [False, True]


@pytest.mark.parametrize("queries", [4, 6])
def test_queries_that_grow_with_the_rows_or_are_too_many_are_missed(queries: int) -> None:
    large = dataclasses.replace(FIGURES, episodes=10_000, queries=queries)

    assert verdicts(FIGURES, large) == [True, True, False]


@pytest.mark.parametrize(("middle", "holds"), [(1.4, True), (1.41, False)])
def test_growth_is_judged_by_its_middle(middle: float, holds: bool) -> None:
    (target,) = pages.grown({"B2": Ratio(middle=middle, low=1.0, high=2.0)})

    assert target.holds is holds


@pytest.fixture
def busy() -> Iterator[int]:
    """A process that works and has a child that worked."""
    code = (
        "import subprocess, sys, time; "
        "work = 'import time\\nend = time.process_time() + .2\\nwhile time.process_time() < end: pass'; "
        "subprocess.run([sys.executable, '-c', work]); print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
        process.kill()


def test_the_time_of_a_child_that_has_ended_counts_for_its_family(busy: int) -> None:
    assert processor_time.of_tree(busy) >= 0.2
    assert processor_time.of_tree(busy) > processor_time.seconds(busy)


def test_a_process_that_is_gone_has_used_nothing() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    assert processor_time.seconds(gone.pid) == 0


@pytest.mark.django_db
def test_only_the_back_ends_of_a_login_are_counted() -> None:
    connection.ensure_connection()

    assert processor_time.of_back_ends(connection.settings_dict["USER"]) > 0
    assert processor_time.of_back_ends("nobody_of_this_name") == 0


def test_a_sent_form_says_how_long_it_is_in_bytes() -> None:
    sent = request("POST", "/search/", host="here", cookies={"a": "1", "b": "2"}, body="search=é")

    assert b"Content-Length: 9\r\n" in sent
    assert b"Cookie: a=1; b=2\r\n" in sent


def test_a_header_is_read_whatever_its_case() -> None:
    answer = Answer(204, b"HTTP/1.1 204 Ok\r\nDESIST-version: 7", b"")

    assert (answer.header(b"desist-version"), answer.header(b"absent")) == ("7", "")
