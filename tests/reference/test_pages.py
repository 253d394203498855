"""The printed reference pages are what the tables say now."""

import dataclasses
import importlib
from types import ModuleType

import pytest
from django.db.models import TextChoices
from tests.rules.code import ROOT

from desist.post.doors import DOORS
from desist.reference import data, states, wall


@pytest.mark.parametrize(("name", "module"), [("wall", wall), ("states", states), ("data", data)])
def test_the_page_in_docs_is_the_one_the_tables_give(name: str, module: ModuleType) -> None:
    """When it is not: run `./desist docs` and read what changed before committing it."""
    assert (ROOT / "docs" / f"{name}.md").read_text("utf-8") == module.page()


def test_every_field_of_every_door_is_on_the_page() -> None:
    page = wall.page()

    for door in DOORS:
        assert door.payload.KIND in page
        for field in dataclasses.fields(door.payload):
            assert f"| {field.name} |" in page


def test_every_transition_table_covers_every_state_and_leads_only_to_its_own() -> None:
    for name in states.TABLES.values():
        table: dict[TextChoices, tuple[TextChoices, ...]] = importlib.import_module(name).TRANSITIONS
        every = set(type(next(iter(table))).values)

        assert {state.value for state in table} == every
        assert {after.value for following in table.values() for after in following} <= every
