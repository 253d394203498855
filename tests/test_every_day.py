"""Tests run on one day after the other, and say on which one they fail."""

import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from tests import every_day
from tests.rules.code import ROOT

PLANTED = """
from datetime import date
import pytest

DAY = date.today()

@pytest.fixture
def day():
    return DAY

def test_the_moment_is_taken_anew(day):
    assert day == DAY == date.today()

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


def test_special_days_of_a_stretch_can_be_asked_for() -> None:
    found = every_day.listed("kinds:2027-12-23..2027-12-25,2028-02-29")

    assert [f"{one:%m-%d %H:%M}" for one in found] == [
        "12-23 11:00",
        "12-24 11:00",
        "12-25 11:00",
        "02-29 11:00",
    ]


@pytest.mark.parametrize("day", [1, 2, 20])
def test_all_parts_of_a_day_are_all_its_tests_and_each_is_in_one(day: int) -> None:
    parts = [[test for test in range(100) if every_day.turn(test, day, (which, 7))] for which in range(1, 8)]

    assert sorted(chain(*parts)) == list(range(100))
    assert min(map(len, parts)) >= len(range(100)) // 7


def test_a_part_is_other_tests_on_the_next_day_and_all_of_them_in_turn() -> None:
    days = [[test for test in range(100) if every_day.turn(test, day, (3, 40))] for day in range(40)]

    assert sorted(chain(*days)) == list(range(100))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("START = timezone.now() + timedelta(days=3)", True),
        ("def today():\n    return date.today()\n\nDAY: date = today()", True),
        ("def today():\n    return date.today()", False),
        ("DAY = date(2026, 3, 2)", False),
    ],
)
def test_a_module_that_takes_its_moment_on_import_is_known(tmp_path: Path, text: str, *, found: bool) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(text)

    assert every_day.on_import(file) == found


ASKING = """
START = timezone.now() + timedelta(days=3)
LATER = START + DAY

@pytest.fixture
def ahead():
    return row(START)

def test_a_fixture_asks(ahead):
    pass

@pytest.mark.parametrize("day", [date.today()])
def test_a_parameter_asks(day):
    pass

while LATER < START:
    LATER += DAY

def test_a_moment_that_was_worked_out_asks():
    assert LATER

def test_knows():
    assert row(datetime(2026, 3, 2))
"""


def test_what_asks_for_the_day_by_itself_or_by_what_it_uses_is_chosen(tmp_path: Path) -> None:
    file, other = tmp_path / "test_some.py", tmp_path / "test_other.py"
    file.write_text(ASKING)
    other.write_text("def test_knows(): pass")

    asked = ("test_a_fixture_asks", "test_a_moment_that_was_worked_out_asks", "test_a_parameter_asks")
    found = [f"{file}::{name}" for name in asked]
    assert every_day.asking([str(tmp_path)]) == found
    assert every_day.asking([str(other)]) == []


ASKING_ELSEWHERE = """
from tests.helping import NOW, knows

def test_a_helper_asks():
    row(NOW)

def test_a_fixture_of_a_folder_asks(early):
    pass

def test_only_signs_in(browser):
    knows()
"""


def test_what_asks_by_a_helper_or_a_folders_fixture_is_chosen_and_a_sign_in_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("tests/programme")
    folder.mkdir(parents=True)
    Path("tests/helping.py").write_text("NOW = timezone.now()\ndef knows(): return 1")
    Path("tests/staff.py").write_text("def browser(): return row(timezone.now())")
    Path("tests/conftest.py").write_text("def early(): return date.today()")
    (folder / "conftest.py").write_text("from tests import staff\ndef browser(): return staff.browser()")
    (folder / "test_some.py").write_text(ASKING_ELSEWHERE)

    assert every_day.asking(["tests"]) == [
        "tests/programme/test_some.py::test_a_fixture_of_a_folder_asks",
        "tests/programme/test_some.py::test_a_helper_asks",
    ]


def run(folder: Path, text: str, days: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run a file of tests on some days."""
    (folder / "test_planted.py").write_text(text)
    how = ["-p", "conftest", f"--config-file={ROOT / 'pyproject.toml'}", *options]
    return subprocess.run(
        [sys.executable, "-m", "tests.every_day", days, str(folder), *how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def told(ran: "subprocess.CompletedProcess[str]") -> list[str]:
    """Return what was said of each day, without how long it took."""
    return [line.partition(" in ")[0] for line in ran.stdout.splitlines() if line.startswith("2027-")]


@pytest.mark.slow
@pytest.mark.processes
def test_every_day_is_told_with_what_failed_on_it(tmp_path: Path) -> None:
    ran = run(tmp_path, PLANTED, "2027-12-23..2027-12-25")

    assert told(ran) == [
        "2027-12-23 Thu 11:00  2 passed",
        "2027-12-24 Fri 11:00  2 passed",
        "2027-12-25 Sat 11:00  1 failed, 1 passed",
    ], ran.stdout + ran.stderr
    assert "FAILED" in ran.stdout
    assert "test_an_office_is_open" in ran.stdout
    assert ran.returncode == 1


@pytest.mark.slow
@pytest.mark.processes
def test_of_two_parts_each_day_runs_one(tmp_path: Path) -> None:
    ran = run(tmp_path, PLANTED, "2027-12-23..2027-12-24", "--part", "1/2")

    assert told(ran) == [
        "2027-12-23 Thu 11:00  1 passed",
        "2027-12-24 Fri 11:00  1 passed",
    ], ran.stdout + ran.stderr
    assert ran.returncode == 0


KILLING = """
from datetime import date
import os

def test_ends():
    assert date.today().day != 24 or os._exit(3)
"""


@pytest.mark.slow
@pytest.mark.processes
def test_a_test_that_kills_its_day_fails_it_and_the_next_day_runs(tmp_path: Path) -> None:
    ran = run(tmp_path, KILLING, "2027-12-24..2027-12-25")

    assert told(ran) == [
        "2027-12-24 Fri 11:00  ended with 768: a test hangs or kills",
        "2027-12-25 Sat 11:00  1 passed",
    ], ran.stdout + ran.stderr
    assert ran.returncode == 1


MANY = """
from datetime import date

def test_prints():
    import typst
    assert typst.__name__ == "typst"
"""


@pytest.mark.slow
@pytest.mark.processes
def test_what_is_loaded_before_many_days_starts_no_threads(tmp_path: Path) -> None:
    ran = run(tmp_path, MANY + "    assert date.today()\n", "2027-12-20..2027-12-24")

    assert {said.partition("  ")[2] for said in told(ran)} == {"1 passed"}, ran.stdout + ran.stderr
    assert ran.returncode == 0
