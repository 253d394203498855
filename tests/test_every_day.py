"""Tests run on one day after the other, and say on which one they fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import every_day
from tests.rules.code import ROOT

PLANTED = """
from datetime import date
import pytest

DAY = date.today()

def test_the_moment_is_taken_anew():
    assert DAY == date.today()

def test_an_office_is_open():
    assert date.today().weekday() < 5

@pytest.mark.browser
def test_this_runs_elsewhere():
    assert False
"""


def test_days_are_written_one_by_one_and_as_stretches() -> None:
    found = every_day.listed("2028-02-28..2028-03-01,2027-10-31T23:05")

    assert [f"{one:%Y-%m-%d %H:%M %Z}" for one in found] == [
        "2028-02-28 11:00 GMT",
        "2028-02-29 11:00 GMT",
        "2028-03-01 11:00 GMT",
        "2027-10-31 23:05 GMT",
    ]
    assert [f"{one:%d %H %Z}" for one in every_day.listed("2027-03-27..2027-03-28")] == [
        "27 11 GMT",
        "28 11 BST",
    ]


ASKING = """
START = timezone.now() + timedelta(days=3)

@pytest.fixture
def ahead():
    return row(START)

def test_a_fixture_asks(ahead):
    pass

@pytest.mark.parametrize("day", [date.today()])
def test_a_parameter_asks(day):
    pass

def test_knows():
    assert row(datetime(2026, 3, 2))
"""


def test_what_asks_for_the_day_by_itself_or_by_what_it_uses_is_chosen(tmp_path: Path) -> None:
    file, other = tmp_path / "test_some.py", tmp_path / "test_other.py"
    file.write_text(ASKING)
    other.write_text("def test_knows(): pass")

    found = [f"{file}::test_a_fixture_asks", f"{file}::test_a_parameter_asks"]
    assert every_day.asking([str(tmp_path)]) == found
    assert every_day.asking([str(other)]) == []


@pytest.mark.slow
@pytest.mark.processes
def test_every_day_is_told_with_what_failed_on_it(tmp_path: Path) -> None:
    (tmp_path / "test_planted.py").write_text(PLANTED)
    how = ["-p", "conftest", f"--config-file={ROOT / 'pyproject.toml'}"]

    ran = subprocess.run(
        [sys.executable, "-m", "tests.every_day", "2027-12-23..2027-12-25", str(tmp_path), *how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    told = [line.partition(" in ")[0] for line in ran.stdout.splitlines() if line.startswith("2027-")]
    assert told == [
        "2027-12-23 Thu 11:00  2 passed",
        "2027-12-24 Fri 11:00  2 passed",
        "2027-12-25 Sat 11:00  1 failed, 1 passed",
    ], ran.stdout + ran.stderr
    assert "FAILED" in ran.stdout
    assert "test_an_office_is_open" in ran.stdout
    assert ran.returncode == 1
