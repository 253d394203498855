"""The measurement's verdicts: a target that is missed is said to be missed."""

import pytest

from tools.bench import evaluation
from tools.bench.evaluation import beside_peers, requirements, seconds_to_import, timings


def seconds(desist: float) -> dict[str, dict[str, float | str]]:
    peers: dict[str, float | str] = {
        "desist": desist,
        "numpy bincount": 0.002,
        "lifelines": 0.06,
        "statsmodels": "ValueError: no",
    }
    return {name: dict(peers) for name in ("Kaplan-Meier", "log-rank", "Aalen-Johansen")}


@pytest.mark.parametrize(
    ("desist", "holds"), [(0.002, [True] * 4), (0.005, [False, False, True, True]), (0.05, [False] * 4)]
)
def test_each_target_is_judged_by_its_own_factor(desist: float, holds: list[bool]) -> None:
    assert [target.holds for target in beside_peers(seconds(desist))] == holds


def test_a_peer_that_fails_is_shown_as_failing() -> None:
    table = timings(200, seconds(0.002))

    assert "ValueError: no" in list(table.columns[4].cells)


def test_the_peers_have_the_versions_that_are_installed_here() -> None:
    assert all("==" in requirement for requirement in requirements()[:-1])


@pytest.mark.slow
def test_the_package_is_light_to_import_beside_numpy() -> None:
    cost = seconds_to_import("numpy, desist_evaluation", times=5) - seconds_to_import("numpy", times=5)

    assert cost < 0.1


@pytest.mark.slow
def test_what_needs_no_peer_holds_here() -> None:
    assert all(target.holds for target in evaluation.alone())


@pytest.mark.slow
def test_a_small_study_is_made_and_timed() -> None:
    assert evaluation.study(people=300).found.endswith(" s")
