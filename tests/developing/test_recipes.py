"""The recipes of docs/developing do what they say: they are carried out on copies, as many on one as go together."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import migrations
from tests.developing import recipes
from tests.rules.code import ROOT
from tests.rules.test_two_versions import breaking

PAGES = (
    "first-change.md",
    "add-a-field.md",
    "add-a-door.md",
    "measure.md",
    "add-a-page.md",
    "change-a-table.md",
)


@pytest.mark.slow
@pytest.mark.processes
def test_a_first_change_a_field_a_door_and_a_measurement_are_made_as_their_pages_say(tmp_path: Path) -> None:
    copy = recipes.copied(tmp_path)

    edited = recipes.carry_out(copy, "first-change.md", "add-a-field.md", "add-a-door.md", "measure.md")

    data, wall = ((copy / "docs" / name).read_text("utf-8") for name in ("data.md", "wall.md"))
    assert "| languages | Languages in which it is answered |" in data
    assert "duty:number`" in wall
    assert "| what_helped | What helped the person in this session |" in data
    assert len(edited["add-a-field.md"]) == 4  # and the migration, which Django writes
    assert "allocation-delayed" in wall
    assert (copy / "tools" / "bench" / "references.py").exists()


@pytest.mark.slow
@pytest.mark.processes
def test_a_page_is_added_and_a_table_changed_as_their_pages_say(tmp_path: Path) -> None:
    copy = recipes.copied(tmp_path)

    edited = recipes.carry_out(copy, "add-a-page.md", "change-a-table.md")

    assert len([name for name in edited["add-a-page.md"] if not name.startswith("tests/")]) == 5
    assert "duty:sheet" in (copy / "docs" / "wall.md").read_text("utf-8")
    made = next((copy / "src" / "desist" / "desk" / "migrations").glob("*_hours_of_duty_numbers.py"))
    assert "db_default=''" in made.read_text("utf-8")
    assert f"{made.relative_to(copy)}," in (copy / "tests" / "rules" / "migrations.csv").read_text("utf-8")
    assert "| hours | Hours in which the number is answered |" in (copy / "docs" / "data.md").read_text(
        "utf-8"
    )
    assert not list((ROOT / "src" / "desist" / "desk" / "migrations").glob("*_hours_of_duty_numbers.py"))


@pytest.mark.parametrize("recipe", PAGES)
def test_the_edits_of_a_page_begin_from_the_code_as_it_is(tmp_path: Path, recipe: str) -> None:
    edits = [block for kind, block in recipes.blocks(recipe) if kind == "diff"]
    for name in {edit.partition("\n")[0] for edit in edits}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, tmp_path / name)

    assert [recipes.edit(tmp_path, edit) for edit in edits]


def test_an_edit_of_lines_that_stand_nowhere_fails(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("one\n")

    with pytest.raises(recipes.NotSaidOnce):
        recipes.edit(tmp_path, "page.py\n two\n+three\n")


def test_a_field_is_taken_away_as_the_page_says_once_an_earlier_version_was_the_last_to_use_it() -> None:
    first = type("Migration", (migrations.Migration,), {"operations": []})
    pages = (block for kind, block in recipes.blocks("change-a-table.md") if kind == "python")
    leaving, dropping = map(written, pages)

    assert breaking([first, leaving, dropping], now="0.2.0") == []
    assert len(breaking([first, leaving, dropping], now="0.1.0")) == 1


def written(block: str) -> type[migrations.Migration]:
    names: dict[str, Any] = {"__name__": "of.the.page"}
    exec(block, names)  # noqa: S102 -- the page's own
    found: type[migrations.Migration] = names["Migration"]
    return found
