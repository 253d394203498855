"""The checklists for keeping to the programme, a dated file each; the newest is the one to rate by."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Item:
    """One thing to look for."""

    key: str
    words: str


@dataclass(frozen=True)
class Checklist:
    """One version of the list."""

    version: str
    dated: date
    title: str
    items: tuple[Item, ...]


def newest() -> Checklist:
    """The list to rate by now."""
    return max(_every().values(), key=lambda one: one.dated)


def checklist(*, version: str) -> Checklist:
    """The list that a rating was made by."""
    return _every()[version]


@cache
def _every() -> dict[str, Checklist]:
    folder = resources.files("desist.programme.supervision.quality") / "checklists"
    files = [tomllib.loads(one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".toml")]
    return {data["version"]: _read(data) for data in files}


def _read(data: dict[str, Any]) -> Checklist:
    items = tuple(Item(row["key"], row["words"]) for row in data["item"])
    return Checklist(data["version"], data["dated"], data["title"], items)
