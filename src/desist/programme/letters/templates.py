"""The words of letters that come with Desist."""

from dataclasses import dataclass

from desist import letters
from desist.letters import Variant
from desist.programme.letters.states import Kind


@dataclass(frozen=True)
class Words:
    """The title and text of one letter, with words in braces; `ref` names the service's own, "" those that came with Desist."""

    title: str
    text: str
    ref: str = ""


def shipped(kind: Kind, variant: Variant) -> Words:
    """Return the words that come with Desist."""
    found = letters.shipped("desist.programme.letters")[kind.value][variant.value]
    return Words(found["title"], found["text"].strip())
