"""Errands for sites, each in a forked process."""

from pathlib import Path

import pytest

from desist.running.deploy import StepFailed
from desist.running.errands import Errand, run
from tools.synthetic import area

pytestmark = pytest.mark.processes

SITES = area.sites()[:4]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log").mkdir()
    return tmp_path


def test_each_is_run_for_its_site_with_its_login_and_told_of(folder: Path) -> None:
    told: list[Errand] = []
    errands = [Errand(site, "tests.running.errand_done", login="owner") for site in SITES]

    run(folder, errands, done=told.append)

    assert sorted(told, key=str) == sorted(errands, key=str)
    assert [(folder / f"done-{site.name}").read_text() for site in SITES] == ["owner"] * 4


def test_none_begins_after_one_has_failed_and_the_log_says_why(folder: Path) -> None:
    errands = [Errand(SITES[0], "tests.running.errand_failing")]
    errands += [Errand(site, "tests.running.errand_done") for site in (SITES * 20)]

    with pytest.raises(StepFailed, match=r"Northmere service: tests.running.errand_failing failed"):
        run(folder, errands)

    assert "ValueError: planted" in (folder / "log" / f"{SITES[0].name}-errand_failing.log").read_text()


def test_nothing_to_do_is_done_at_once(folder: Path) -> None:
    run(folder, [])
