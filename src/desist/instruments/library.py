"""The instruments that come with Desist, read from the dated files in `data`, a file a version."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from desist.instruments.model import (
    Band,
    Cutoff,
    Direction,
    Instrument,
    Item,
    Licence,
    MissingRule,
    Norms,
    Point,
)


class UnknownInstrument(Exception):
    """There is no instrument of this name and version; the text names those there are."""


def current() -> tuple[Instrument, ...]:
    """The newest version of every instrument, in order of name."""
    newest = {one.name: one for one in sorted(_every(), key=lambda one: one.version)}
    return tuple(newest[name] for name in sorted(newest))


def instrument(*, name: str, version: int | None = None) -> Instrument:
    """One instrument; its newest version unless one is named. Raises UnknownInstrument."""
    found = [one for one in _every() if one.name == name and version in {None, one.version}]
    if not found:
        known = ", ".join(f"{one.name} (version {one.version})" for one in _every())
        raise UnknownInstrument(f"There is no instrument “{name}”. There are: {known}.")
    return max(found, key=lambda one: one.version)


@cache
def _every() -> tuple[Instrument, ...]:
    folder = resources.files("desist.instruments") / "data"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(read(tomllib.loads(one.read_text("utf-8"))) for one in files)


def read(data: dict[str, Any]) -> Instrument:
    """An instrument from the tables of its file. A missing or unknown field is a TypeError."""
    tables = dict(data)
    return Instrument(
        direction=Direction(tables.pop("higher_is")),
        items=tuple(Item(**row) for row in tables.pop("item")),
        scale=tuple(Point(**row) for row in tables.pop("point")),
        missing=MissingRule(**tables.pop("missing")),
        licence=Licence(**tables.pop("licence")),
        sources=tuple(tables.pop("sources")),
        bands=tuple(Band(**row) for row in tables.pop("band", ())),
        cutoff=Cutoff(**tables.pop("cutoff")) if "cutoff" in tables else None,
        norms=Norms(**tables.pop("norms")) if "norms" in tables else None,
        **tables,
    )
