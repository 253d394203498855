"""The recurring links across a person's chains, pure: counts with the chains behind them, never a prediction.

Two links are alike when their type is and their words are but for case, punctuation and spaces, or when one was picked as
the same as the other. A link that stands twice in one chain counts once: every figure is a number of chains.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from desist.programme.chains.links import Kind, Link, Links, Part, by_part
from desist.skills import catalogue

#: in how many chains a link must stand to count as recurring
LEAST = 2
#: the parts whose links follow one another in time
IN_TIME = (Part.PROMPT, Part.LINK)


@dataclass(frozen=True)
class ReadChain:
    """One chain as it is read here; `session` is the title of the session it was made in."""

    ref: str
    behaviour: str
    resisted: bool
    happened_on: date | None
    session: str
    links: Links
    hour: int | None = None

    @property
    def parts(self) -> dict[Part, list[Link]]:
        """The links by part."""
        return dict(by_part(self.links))


@dataclass(frozen=True)
class Key:
    """The parts that make two links alike."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Recurring:
    """A link that stands in several chains: its words as they were typed last, and those chains, oldest first."""

    key: Key
    words: str
    chains: tuple[ReadChain, ...]
    place: float  # where it stands on average: 0 at the prompting event, 1 just before the behaviour


@dataclass(frozen=True)
class Pair:
    """Two recurring links, the second straight after the first, and the chains in which it was so."""

    first: Recurring
    second: Recurring
    chains: tuple[ReadChain, ...]


@dataclass(frozen=True)
class Break:
    """A skill used at a link of chains whose urge was resisted, and those chains."""

    skill: str
    words: str
    chains: tuple[ReadChain, ...]


@dataclass(frozen=True)
class Patterns:
    """The recurring links, most frequent first. `chains` are all chains that were read, oldest first."""

    chains: tuple[ReadChain, ...]
    vulnerabilities: tuple[Recurring, ...]
    links: tuple[Recurring, ...]
    pairs: tuple[Pair, ...]
    breaks: tuple[Break, ...]

    @property
    def resisted(self) -> tuple[ReadChain, ...]:
        """The chains of urges resisted."""
        return tuple(chain for chain in self.chains if chain.resisted)


def find(*, chains: Sequence[ReadChain]) -> Patterns:
    """Return what recurs in these chains, which are given oldest first."""
    links = _recurring(chains, IN_TIME)
    return Patterns(
        chains=tuple(chains),
        vulnerabilities=_recurring(chains, (Part.VULNERABILITY,)),
        links=links,
        pairs=_pairs(chains, {one.key: one for one in links}),
        breaks=_breaks(chains),
    )


def same(words: str) -> str:
    """Return words without case, punctuation and extra spaces, which do not count."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.sub(r"[^\w\s]", "", folded.replace("-", " ")).split())


def _recurring(chains: Sequence[ReadChain], parts: tuple[Part, ...]) -> tuple[Recurring, ...]:
    behind: dict[Key, dict[str, ReadChain]] = defaultdict(dict)
    words: dict[Key, str] = {}
    places: dict[Key, list[float]] = defaultdict(list)
    for chain in chains:
        links = _of(chain, parts)
        for index, link in enumerate(links):
            key = _key(link)
            behind[key][chain.ref] = chain
            words[key] = link.spelling
            places[key].append(index / len(links))
    found = [
        Recurring(key, words[key], tuple(told.values()), sum(places[key]) / len(places[key]))
        for key, told in behind.items()
        if len(told) >= LEAST
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.chains), one.place)))


def _pairs(chains: Sequence[ReadChain], known: dict[Key, Recurring]) -> tuple[Pair, ...]:
    behind: dict[tuple[Key, Key], dict[str, ReadChain]] = defaultdict(dict)
    for chain in chains:
        keys = [_key(link) for link in _of(chain, IN_TIME)]
        for pair in pairwise(keys):
            if pair[0] in known and pair[1] in known and pair[0] != pair[1]:
                behind[pair][chain.ref] = chain
    found = [
        Pair(known[first], known[second], tuple(told.values()))
        for (first, second), told in behind.items()
        if len(told) >= LEAST
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair.chains)))


def _breaks(chains: Iterable[ReadChain]) -> tuple[Break, ...]:
    """Return the skills that broke chains: one chain is enough here."""
    behind: dict[tuple[str, Key], dict[str, ReadChain]] = defaultdict(dict)
    said: dict[tuple[str, Key], tuple[str, str]] = {}
    for chain in chains:
        for link in chain.links:
            skill = catalogue.name(link.skill_code) or link.skill
            if chain.resisted and skill:
                place = same(skill), _key(link)
                behind[place][chain.ref] = chain
                said[place] = skill, link.spelling
    found = [Break(*said[place], tuple(told.values())) for place, told in behind.items()]
    return tuple(sorted(found, key=lambda one: -len(one.chains)))


def _of(chain: ReadChain, parts: tuple[Part, ...]) -> list[Link]:
    return [link for link in chain.links if link.part in parts]


def _key(link: Link) -> Key:
    return Key(link.kind, same(link.spelling))
