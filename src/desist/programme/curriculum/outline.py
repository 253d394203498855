"""The twelve sessions as a version of the curriculum says they are, and the version that comes with Desist. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

#: the number of the version that comes with Desist
SHIPPED = 0
TWELVE = range(1, 13)
LEAST_MINUTES, MOST_MINUTES = 30, 150


@dataclass(frozen=True)
class Module:
    """What some sessions have in common; `position` counts from 1."""

    position: int
    name: str
    words: str


@dataclass(frozen=True)
class Outline:
    """One of the twelve: its length in minutes, the skills it needs, and the measures that are taken in it."""

    number: int
    module: str
    title: str
    minutes: int
    skills: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Programme:
    """One version, whole."""

    number: int
    modules: tuple[Module, ...]
    sessions: tuple[Outline, ...]

    def outline(self, number: int) -> Outline:
        """One of the twelve."""
        return self.sessions[number - 1]


@cache
def shipped() -> Programme:
    """The illustrative version that comes with Desist."""
    file = resources.files("desist.programme.curriculum") / "shipped.toml"
    tables = tomllib.loads(file.read_text("utf-8"))["module"]
    modules = tuple(Module(at, one["name"], one["words"]) for at, one in enumerate(tables, start=1))
    found = [
        Outline(
            row["number"],
            table["name"],
            row["title"],
            row["minutes"],
            tuple(row["skills"]),
            tuple(row["measures"]),
        )
        for table in tables
        for row in table["session"]
    ]
    return Programme(SHIPPED, modules, tuple(sorted(found, key=lambda one: one.number)))
