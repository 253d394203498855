"""The words of letters that come with Desist."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from desist.programme.letters.states import Kind, Variant


@dataclass(frozen=True)
class Words:
    """The title and text of one letter, with words in braces; `ref` names the service's own, "" those that came with Desist."""

    title: str
    text: str
    ref: str = ""


def shipped(kind: Kind, variant: Variant) -> Words:
    """Return the words that come with Desist."""
    found = _every()[kind.value][variant.value]
    return Words(found["title"], found["text"].strip())


@cache
def _every() -> dict[str, dict[str, dict[str, str]]]:
    file = resources.files("desist.programme.letters") / "shipped.toml"
    return tomllib.loads(file.read_text("utf-8"))
