"""docs/developing/change-a-table.md does what it says: its edits and its commands are carried out on a copy."""

from pathlib import Path
from typing import Any

import pytest
from django.db import migrations
from tests.developing import recipes
from tests.rules.code import ROOT
from tests.rules.test_two_versions import breaking

PAGE = "change-a-table.md"


@pytest.mark.slow
@pytest.mark.processes
def test_a_field_is_added_as_the_page_says(tmp_path: Path) -> None:
    copy = recipes.copied(tmp_path)

    recipes.carry_out(PAGE, copy)

    made = next((copy / "src" / "desist" / "desk" / "migrations").glob("*_hours_of_duty_numbers.py"))
    assert "db_default=''" in made.read_text("utf-8")
    assert f"{made.relative_to(copy)}," in (copy / "tests" / "rules" / "migrations.csv").read_text("utf-8")
    assert "| hours | Hours in which the number is answered |" in (copy / "docs" / "data.md").read_text(
        "utf-8"
    )
    assert not list((ROOT / "src" / "desist" / "desk" / "migrations").glob("*_hours_of_duty_numbers.py"))


def test_a_field_is_taken_away_as_the_page_says_once_an_earlier_version_was_the_last_to_use_it() -> None:
    first = type("Migration", (migrations.Migration,), {"operations": []})
    leaving, dropping = (written(block) for kind, block in recipes.blocks(PAGE) if kind == "python")

    assert breaking([first, leaving, dropping], now="0.2.0") == []
    assert len(breaking([first, leaving, dropping], now="0.1.0")) == 1


def written(block: str) -> type[migrations.Migration]:
    names: dict[str, Any] = {"__name__": "of.the.page"}
    exec(block, names)  # noqa: S102 -- the page's own
    found: type[migrations.Migration] = names["Migration"]
    return found
