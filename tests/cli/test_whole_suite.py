"""`./desist test` holds the code against the rules that read it, before it runs the tests."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from tools.cli import check, test

PASSES = [sys.executable, "-c", ""]
FAILS = [sys.executable, "-c", "print('a rule is broken'); raise SystemExit(1)"]


class Started(list[list[str]]):
    """The pytests that were started, and how each exits."""

    code = 0


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Started:
    started = Started()

    def run(command: list[str], _: dict[str, str]) -> int:
        started.append(command)
        return started.code

    monkeypatch.setattr(test, "_run", run)
    monkeypatch.setattr(test, "_making_tables", lambda _: subprocess.Popen(PASSES))
    monkeypatch.setattr(test, "find_browser", lambda: "chromium")
    return started


def test_the_static_steps_are_all_but_the_tests() -> None:
    assert set(check.STATIC) == {"format", "lint", "types", "import contracts"}


@pytest.mark.parametrize(("step", "code"), [(PASSES, 0), (FAILS, 1)])
def test_a_broken_rule_fails_the_whole_suite_and_the_tests_run_all_the_same(
    ran: Started, monkeypatch: pytest.MonkeyPatch, step: list[str], code: int
) -> None:
    monkeypatch.setattr(test, "STATIC", {"a step": step})

    result = CliRunner().invoke(test.app, [])

    assert result.exit_code == code
    assert ("a rule is broken" in result.output) == bool(code)
    assert ran == [["pytest", "-n2", "--dist=worksteal"]]


def test_with_a_path_pytest_runs_alone(ran: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test, "STATIC", {"a step": FAILS})

    result = CliRunner().invoke(test.app, ["tests/wall", "-x"])

    assert result.exit_code == 0
    assert ran == [["pytest", "-n2", "--dist=worksteal", "tests/wall", "-x"]]


def test_with_days_what_depends_on_the_day_runs_on_each(ran: Started) -> None:
    result = CliRunner().invoke(test.app, ["--days", "2027-12-24..2027-12-27", "tests/programme"])

    assert result.exit_code == 0
    assert ran == [["tests.every_day", "2027-12-24..2027-12-27", "tests/programme"]]


@pytest.mark.parametrize("code", [1, 2])
def test_the_exit_is_pytests_own_where_tests_fail(
    ran: Started, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(test, "STATIC", {"a step": FAILS})
    ran.code = code

    assert CliRunner().invoke(test.app, []).exit_code == code
