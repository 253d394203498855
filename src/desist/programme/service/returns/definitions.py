"""What each return counts, a dated file each; a return names the file that it was counted by."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Definition:
    """One return in words: what is counted, of what, what is missing, what is left out, and where that comes from."""

    id: str
    title: str
    counted: str
    of: str
    missing: str
    leaves_out: str
    source: str


@dataclass(frozen=True)
class Edition:
    """The definitions of one day."""

    version: str
    dated: date
    returns: tuple[Definition, ...]

    def of(self, name: str) -> Definition:
        """The definition of one return."""
        return next(one for one in self.returns if one.id == name)


@cache
def newest() -> Edition:
    """The definitions that are counted by now."""
    folder = resources.files("desist.programme.service.returns") / "definitions"
    files = [tomllib.loads(one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".toml")]
    data = max(files, key=lambda one: one["dated"])
    return Edition(data["version"], data["dated"], tuple(Definition(**dict(row)) for row in data["return"]))
