"""The skills in depth, in our own words: why, steps, examples, a worksheet and words to listen to. Pure.

Each skill has a file in `words`, beside its two sentences of the catalogue: a version, the day on which it was written,
and the day on which a clinician (for Welsh a translator, for easy read people who use it) read it. Without such a day
nobody has, and the pages say so.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from django.db.models import TextChoices

from desist.letters import Variant
from desist.skills import catalogue


class Subject(TextChoices):
    """What an example is about."""

    CONTACT = "contact", "An urge to make contact"
    CHECKING = "checking", "Checking on them"
    REJECTION = "rejection", "Being turned down"
    JEALOUSY = "jealousy", "Jealousy"
    BOUNDARIES = "boundaries", "Boundaries"


@dataclass(frozen=True)
class Example:
    """The skill in a situation of everyday life; nobody in it is real."""

    subject: Subject
    words: str


@dataclass(frozen=True)
class Text:
    """One skill in one form; `reviewed` is the day on which its reader read it, none before."""

    name: str
    why: str
    steps: tuple[str, ...]
    examples: tuple[Example, ...]
    worksheet: tuple[str, ...]
    script: str
    reviewed: date | None

    @property
    def printed(self) -> tuple[str, ...]:
        """Every line that a sheet of it prints."""
        said = tuple(one.words for one in self.examples)
        return tuple(filter(None, (self.name, self.why, *self.steps, *said, *self.worksheet, self.script)))


@dataclass(frozen=True)
class InDepth:
    """One skill in depth, in each of its forms."""

    key: str
    version: int
    written: date
    texts: Mapping[Variant, Text]

    @property
    def waiting(self) -> tuple[Variant, ...]:
        """The forms that nobody has reviewed."""
        return tuple(variant for variant, text in self.texts.items() if text.reviewed is None)


@cache
def library() -> Mapping[str, InDepth]:
    """Return the skills in depth by key, in the order of the programme."""
    folder = resources.files("desist.skills") / "words"
    found = {}
    for skill in catalogue.SKILLS:
        file = folder / f"{skill.key}.toml"
        if file.is_file():
            found[skill.key] = read(skill, tomllib.loads(file.read_text("utf-8")))
    return MappingProxyType(found)


def choices() -> tuple[tuple[str, str], ...]:
    """Return the skills in depth as choices."""
    return tuple((key, catalogue.name(key)) for key in library())


def read(skill: catalogue.Skill, said: dict[str, object]) -> InDepth:
    """Return a skill in depth from its file. Raises TypeError where the file is not as it should be."""
    version, written = said["version"], said["written"]
    if not isinstance(version, int) or not isinstance(written, date):
        raise TypeError(f"{skill.key}: a version is a number, and a day is written as a day")
    texts = {variant: _text(skill, said[variant.value]) for variant in Variant}
    return InDepth(skill.key, version, written, MappingProxyType(texts))


def _text(skill: catalogue.Skill, said: object) -> Text:
    if not isinstance(said, dict):
        raise TypeError(f"{skill.key}: a form is a table")
    return Text(
        name=said.get("name", skill.name),
        why=said["why"],
        steps=tuple(said["steps"]),
        examples=tuple(Example(Subject(about), words) for about, words in said["examples"].items()),
        worksheet=tuple(said["worksheet"]),
        script=said.get("script", ""),
        reviewed=said.get("reviewed"),
    )
