"""A primary that is killed under load and its synchronous standby: nothing that was acknowledged is lost."""

import dataclasses
from pathlib import Path

import pytest
from tests import tables

from desist.embedded import Cluster
from desist.sites import Site, Zone
from tools.bench import failover

KEPT = failover.Figures(
    standby="synchronous",
    acknowledged=2_000,
    lost=0,
    refused=40,
    resumed=0.7,
    taken_unfenced=0,
    fenced=True,
    rejoined=True,
    noticed=False,
    sound=True,
)


def prepare(folder: Path) -> None:
    """Give the site its tables, in a folder through which the server may pass."""
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o711)
    with Cluster(folder).serving():
        tables.founded(folder, [Site(failover.SITE, Zone.PROGRAMME, "Bench")])


@pytest.mark.slow
def test_no_acknowledged_save_is_lost_when_a_synchronous_standby_takes_over(tmp_path: Path) -> None:
    prepare(tmp_path)

    found = failover.rehearse(tmp_path, synchronous=True, seconds=1.0)

    assert found.acknowledged > 0
    assert (found.lost, found.taken_unfenced, found.noticed) == (0, 0, False)
    assert (found.fenced, found.rejoined, found.sound) == (True, True, True)


@pytest.mark.slow
def test_a_primary_that_is_frozen_loses_nothing_and_holds_nobody_up_for_good(tmp_path: Path) -> None:
    prepare(tmp_path)

    found = failover.rehearse(tmp_path, synchronous=True, frozen=True, seconds=1.0)

    assert found.acknowledged > 0
    assert (found.lost, found.taken_unfenced, found.noticed) == (0, 0, False)
    assert (found.fenced, found.rejoined, found.sound) == (True, True, True)
    assert found.resumed < failover.PATIENCE


@pytest.mark.slow
def test_a_standby_that_lagged_loses_what_the_audit_notices_and_goes_on_once_that_is_accepted(
    tmp_path: Path,
) -> None:
    prepare(tmp_path)

    found = failover.rehearse(tmp_path, synchronous=False, seconds=1.0)

    assert 0 < found.lost < found.acknowledged
    assert found.noticed
    assert (found.fenced, found.rejoined, found.sound) == (True, True, True)
    assert failover.holds(found)


def test_a_failover_that_keeps_all_holds() -> None:
    assert failover.holds(KEPT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lost": 1},
        {"resumed": 5.1},
        {"taken_unfenced": 1},
        {"fenced": False},
        {"rejoined": False},
        {"noticed": True},
        {"sound": False},
    ],
)
def test_one_that_does_not_is_said_to_miss_its_target(wrong: dict[str, bool | float]) -> None:
    assert not failover.holds(dataclasses.replace(KEPT, **wrong))  # type: ignore[arg-type]  # of the right kind each


def test_a_frozen_primary_is_waited_for_a_little_longer() -> None:
    frozen = dataclasses.replace(KEPT, frozen=True, resumed=14.0)

    assert failover.holds(frozen)
    assert not failover.holds(dataclasses.replace(frozen, resumed=15.1))
    assert not failover.holds(dataclasses.replace(frozen, frozen=False))


def test_a_lagging_standby_may_lose_what_the_audit_notices() -> None:
    lagging = dataclasses.replace(KEPT, standby="lagging", lost=30, noticed=True)

    assert failover.holds(lagging)
    assert not failover.holds(dataclasses.replace(lagging, noticed=False))
