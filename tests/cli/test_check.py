"""Which tests `./desist check` adds for a change, and how it runs its steps."""

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.rules.code import ROOT, modules
from typer.testing import CliRunner

from tools.cli import check
from tools.cli.check import BESIDE, STEPS, beside, of_slice

PASSES = [sys.executable, "-c", ""]


@pytest.mark.parametrize(
    ("changed", "folders"),
    [
        (["src/desist/programme/sessions/commands.py"], ["tests/programme/sessions"]),
        (["src/desist/wall/gate.py", "src/desist/wall/audit.py", "tests/wall/test_gate.py"], ["tests/wall"]),
        (["src/desist/programme/templates/programme/sessions/record.html"], ["tests/programme/sessions"]),
        (["src/desist/partnership/breaches/commands.py"], ["tests/partnership/orders"]),
        (
            [
                "src/desist/partnership/templates/partnership/order_copies/copy.html",
                "src/desist/feeds/queries.py",
            ],
            ["tests/partnership/feeds", "tests/partnership/orders", "tests/programme/service/feeds"],
        ),
        (["src/desist/restrictions/views.py"], ["tests/programme/test_restricted_cases.py"]),
        (["tools/leaks/words.py", "tools/cli/check.py"], ["tests/cli", "tests/leaks"]),
        (["packages/chronicle/src/desist_chronicle/people.py"], ["packages/chronicle/tests"]),
        (["tests/conftest.py", "README.md", "src/desist/codes.py"], []),
    ],
)
def test_a_change_brings_the_beside_its_own_folders(changed: list[str], folders: list[str]) -> None:
    assert beside(changed) == folders


def without_tests(slices: Iterable[str]) -> list[str]:
    """Slices beside which no test is found."""
    return [name for name in slices if not all((ROOT / place).exists() for place in of_slice(name))]


def with_views() -> list[str]:
    return [
        module.path.removesuffix("/views.py") for module in modules() if module.path.endswith("/views.py")
    ]


def test_every_slice_with_pages_has_tests_beside_it() -> None:
    assert len(with_views()) > 50
    assert without_tests(with_views()) == []


def test_a_slice_without_tests_is_found() -> None:
    assert without_tests([*with_views(), "programme/planted"]) == ["programme/planted"]


def test_the_table_names_what_is_there_and_has_no_folder_of_its_own() -> None:
    wrong = [
        name
        for name in BESIDE
        if (ROOT / "tests" / name).exists() or not (ROOT / "src" / "desist" / name).is_dir()
    ]

    assert wrong == []
    assert without_tests(BESIDE) == []


def test_the_fast_tests_are_looked_for_beside_the_product_and_not_beside_the_libraries() -> None:
    # `--ignore=packages` would not do: pytest collects a folder of its `testpaths` in spite of it.
    assert STEPS["fast tests"][-1] == "tests"


def test_the_fast_tests_leave_out_what_is_slow_or_needs_a_browser() -> None:
    expression = STEPS["fast tests"][STEPS["fast tests"].index("-m", 3) + 1]

    assert all(f"not {mark}" in expression for mark in ("slow", "browser", "processes"))


def waiting_for(mine: Path, theirs: Path, code: int = 0) -> list[str]:
    """A step that says so once another one has begun; it waits half a minute."""
    script = (
        f"import pathlib, time; pathlib.Path({str(mine)!r}).touch()\n"
        "for _ in range(3000):\n"
        f"    if pathlib.Path({str(theirs)!r}).exists(): print('{mine.name} was here'); break\n"
        f"    time.sleep(0.01)\n"
        f"raise SystemExit({code})"
    )
    return [sys.executable, "-c", script]


def test_the_code_is_read_while_tests_run_and_what_failed_of_each_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, testing = tmp_path / "reading", tmp_path / "testing"
    monkeypatch.setattr(check, "STATIC", {"a reading": waiting_for(reading, testing, 1), "another": PASSES})
    monkeypatch.setattr(check, "STEPS", {"a test": waiting_for(testing, reading, 1)})
    monkeypatch.setattr(check, "changed", list)

    result = CliRunner().invoke(check.app, [])

    assert result.exit_code == 1
    assert "reading was here" in result.output
    assert "testing was here" in result.output
    assert {line[:29].strip() for line in result.output.splitlines() if " s" in line} == {
        "a reading            FAILED",
        "a test               FAILED",
        "another              ok",
    }


def test_a_check_in_which_all_goes_well_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "STATIC", {"a reading": PASSES})
    monkeypatch.setattr(
        check, "STEPS", {"a test": [*PASSES[:2], f"raise SystemExit({check.NO_TEST_CHOSEN})"]}
    )
    monkeypatch.setattr(check, "changed", list)

    assert CliRunner().invoke(check.app, []).exit_code == 0
