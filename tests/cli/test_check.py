"""Which tests `./desist check` adds for a change."""

import pytest

from desist.cli.check import STEPS, beside


@pytest.mark.parametrize(
    ("changed", "folders"),
    [
        (["src/desist/programme/sessions/commands.py"], ["tests/programme/sessions"]),
        (["src/desist/wall/gate.py", "src/desist/wall/audit.py", "tests/wall/test_gate.py"], ["tests/wall"]),
        (["src/desist/programme/templates/programme/sessions/record.html"], []),
        (["tests/conftest.py", "README.md", "src/desist/codes.py"], []),
    ],
)
def test_a_change_brings_the_beside_its_own_folders(changed: list[str], folders: list[str]) -> None:
    assert beside(changed) == folders


def test_the_fast_tests_leave_out_what_is_slow_or_needs_a_browser() -> None:
    expression = STEPS["fast tests"][STEPS["fast tests"].index("-m", 3) + 1]

    assert all(f"not {mark}" in expression for mark in ("slow", "browser", "processes"))
