"""The name of a referred victim, known by keyed digests alone, and its search in the words of a referral.

No name is kept. A side keeps digests of the forms of its client's name, and loses them when the client ends it. They never
leave the police's zone.
"""

from collections.abc import Collection, Iterable, Mapping

from desist import names
from desist.locators import Finding
from desist.ui.words import Found
from desist.wall import clearances

KIND = "victim’s name"


def digests(*parts: str) -> list[str]:
    """The digests that a side keeps instead of its client's name."""
    return sorted({_keyed(form) for form in names.forms(parts)})


def held(
    texts: Mapping[str, str], *, known: Collection[str], besides: Iterable[str]
) -> dict[str, tuple[Finding, ...]]:
    """The texts that hold a name known by its digests, with the words. `besides` are names of the person."""
    own, digest = list(besides), frozenset(known)
    words = {place: names.held_as(digest, [text], besides=own, keyed=_keyed) for place, text in texts.items()}
    return {
        place: tuple(Finding(KIND, word, texts[place].find(word)) for word in found)
        for place, found in words.items()
        if found
    }


def merged(found: Iterable[Found]) -> dict[str, tuple[Finding, ...]]:
    """Merge the finds for several sides into one."""
    every: dict[str, tuple[Finding, ...]] = {}
    for each in found:
        for place, findings in each.items():
            every[place] = tuple(dict.fromkeys((*every.get(place, ()), *findings)))
    return every


def _keyed(form: str) -> str:
    return clearances.keyed(form, purpose=b"the name of a victim").hex()[:32]
