"""The recipes of docs/developing do what they say: each is carried out on a copy."""

from pathlib import Path

import pytest
from tests.developing import recipes

pytestmark = [pytest.mark.slow, pytest.mark.processes]


def test_the_first_change_is_made_as_its_page_says(tmp_path: Path) -> None:
    copy = recipes.copied(tmp_path)

    recipes.carry_out("first-change.md", copy)

    assert "| languages | Languages in which it is answered |" in (copy / "docs" / "data.md").read_text(
        "utf-8"
    )
    assert "duty:number`" in (copy / "docs" / "wall.md").read_text("utf-8")


def test_a_field_of_the_record_is_added_as_the_recipe_says(tmp_path: Path) -> None:
    copy = recipes.copied(tmp_path)

    edited = recipes.carry_out("add-a-field.md", copy)

    assert len(edited) == 4  # and the migration, which Django writes
    assert "| what_helped | What helped the person in this session |" in (
        copy / "docs" / "data.md"
    ).read_text("utf-8")


def test_a_page_is_added_as_the_recipe_says(tmp_path: Path) -> None:
    copy = recipes.copied(tmp_path)

    edited = recipes.carry_out("add-a-page.md", copy)

    assert len(edited - {name for name in edited if name.startswith("tests/")}) == 5
    assert "duty:sheet" in (copy / "docs" / "wall.md").read_text("utf-8")


def test_a_door_is_added_as_the_recipe_says(tmp_path: Path) -> None:
    copy = recipes.copied(tmp_path)

    recipes.carry_out("add-a-door.md", copy)

    assert "allocation-delayed" in (copy / "docs" / "wall.md").read_text("utf-8")


def test_a_measurement_is_added_as_the_recipe_says(tmp_path: Path) -> None:
    copy = recipes.copied(tmp_path)

    recipes.carry_out("measure.md", copy)

    assert (copy / "tools" / "bench" / "references.py").exists()


def test_an_edit_of_lines_that_stand_nowhere_fails(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("one\n")

    with pytest.raises(recipes.NotSaidOnce):
        recipes.edit(tmp_path, "page.py\n two\n+three\n")
