"""The words of letters: those that come with Desist, and the service's own where it wrote some."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from desist.programme.letters.models import LetterTemplate
from desist.programme.letters.states import Kind, Variant


@dataclass(frozen=True)
class Words:
    """The title and text of one letter, with words in braces; `ref` names the service's own, "" those that came with Desist."""

    title: str
    text: str
    ref: str = ""


def current(*, area: str, kind: Kind, variant: Variant) -> Words:
    """Return the words in use in an area."""
    row = LetterTemplate.objects.filter(area=area, kind=kind, variant=variant, ended_at=None).first()
    return Words(row.title, row.text, row.ref) if row else shipped(kind, variant)


def shipped(kind: Kind, variant: Variant) -> Words:
    """Return the words that come with Desist."""
    found = _every()[kind.value][variant.value]
    return Words(found["title"], found["text"].strip())


@cache
def _every() -> dict[str, dict[str, dict[str, str]]]:
    file = resources.files("desist.programme.letters") / "shipped.toml"
    return tomllib.loads(file.read_text("utf-8"))
