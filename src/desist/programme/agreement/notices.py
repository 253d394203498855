"""The information notices, a dated file each; the newest is the one to give."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from desist.programme.agreement.states import Limit


class UnknownNotice(Exception):
    """There is no notice of this version."""


@dataclass(frozen=True)
class Section:
    """A heading, its paragraphs, and a list below them."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """One version of the notice, whole."""

    version: str
    dated: date
    title: str
    sections: tuple[Section, ...]


def newest() -> Notice:
    """The notice to give now."""
    return max(_every().values(), key=lambda one: one.dated)


def notice(*, version: str) -> Notice:
    """A notice as it was given. Raises UnknownNotice."""
    try:
        return _every()[version]
    except KeyError:
        raise UnknownNotice(version) from None


@cache
def _every() -> dict[str, Notice]:
    folder = resources.files("desist.programme.agreement") / "notices"
    found = [
        _read(tomllib.loads(one.read_text("utf-8"))) for one in folder.iterdir() if one.name.endswith(".toml")
    ]
    return {one.version: one for one in found}


def _read(data: dict[str, Any]) -> Notice:
    limits = tuple(str(limit.label) for limit in Limit)
    sections = tuple(
        Section(row["heading"], tuple(row["paragraphs"]), limits if row.get("limits") else ())
        for row in data["section"]
    )
    return Notice(data["version"], data["dated"], data["title"], sections)
