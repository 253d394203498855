"""The printed reference pages are what the tables say now."""

import dataclasses
import importlib
import re
from collections.abc import Iterable
from types import ModuleType

import pytest
from django.db.models import TextChoices
from tests.rules.code import ROOT, modules
from tests.rules.test_policy import STAFF_ZONES

from desist.post.door import Door
from desist.post.doors import DOORS
from desist.sites import Zone
from desist.zones import base
from tools.reference import data, states, wall


@pytest.mark.parametrize(("name", "module"), [("wall", wall), ("states", states), ("data", data)])
def test_the_page_in_docs_is_the_one_the_tables_give(name: str, module: ModuleType) -> None:
    """When it is not: run `./desist docs` and read what changed before committing it."""
    assert (ROOT / "docs" / f"{name}.md").read_text("utf-8") == module.page()


def unprinted(doors: Iterable[Door], page: str) -> list[str]:
    """Fields of doors that the part of the page about that very door does not name."""
    parts = {title: words for title, _, words in (part.partition("\n") for part in page.split("\n### "))}
    return [
        f"{title}: {field.name}"
        for title, door in ((heading(door), door) for door in doors)
        for field in dataclasses.fields(door.payload)
        if f"| {field.name} |" not in parts.get(title, "")
    ]


def heading(door: Door) -> str:
    payload, sender, receiver = door.payload, wall._side(door.sender), wall._side(door.receiver)
    return f"{payload.KIND}, version {payload.VERSION}: {sender} to {receiver}"


def test_every_field_of_every_door_is_on_the_page() -> None:
    assert unprinted(DOORS, wall.page()) == []


def test_a_field_that_the_page_leaves_out_of_one_door_is_found() -> None:
    door = next(one for one in DOORS if one.payload.KIND == "disclosure-recall")
    before, title, after = wall.page().partition(f"### {heading(door)}")
    page = before + title + after.replace("| reason |", "| because |", 1)

    assert unprinted(DOORS, page) == [f"{heading(door)}: reason"]


def test_a_door_that_is_not_on_the_page_is_found() -> None:
    door, *others = DOORS
    wider = dataclasses.replace(door, sender=Zone.ADVOCACY)

    assert len(unprinted([wider, *others], wall.page())) == len(dataclasses.fields(door.payload))


def test_every_policy_table_is_on_the_page() -> None:
    served = {name for zone in STAFF_ZONES for name in base.policies(zone)}

    assert served == {name for named in wall.tables().values() for name in named.values()}


def test_every_state_table_is_on_the_page() -> None:
    found = {
        f"desist.{module.path.removesuffix('.py').replace('/', '.')}"
        for module in modules()
        if re.search(r"^TRANSITIONS\b", module.text, re.MULTILINE)
    }

    assert found == set(states.TABLES.values())


def test_every_transition_table_covers_every_state_and_leads_only_to_its_own() -> None:
    for name in states.TABLES.values():
        table: dict[TextChoices, tuple[TextChoices, ...]] = importlib.import_module(name).TRANSITIONS
        every = set(type([*table][-1]).values)  # the first may be that nothing was kept yet

        assert {state.value for state in table if state} == every
        assert {after.value for following in table.values() for after in following} <= every
