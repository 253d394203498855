"""The name of a victim whom the police referred, known by keyed digests alone, and looked for in the words of a referral.

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
    """What a side keeps instead of the name of its client."""
    return sorted({_keyed(form) for form in names.forms(parts)})


def held(
    texts: Mapping[str, str], *, known: Collection[str], besides: Iterable[str]
) -> dict[str, tuple[Finding, ...]]:
    """The places of texts that hold a name known by its digests, and the words. `besides` are names of the person."""
    own, digest = list(besides), frozenset(known)
    words = {place: names.held_as(digest, [text], besides=own, keyed=_keyed) for place, text in texts.items()}
    return {
        place: tuple(Finding(KIND, word, texts[place].find(word)) for word in found)
        for place, found in words.items()
        if found
    }


def merged(found: Iterable[Found]) -> dict[str, tuple[Finding, ...]]:
    """What was found for several sides as one."""
    every: dict[str, tuple[Finding, ...]] = {}
    for each in found:
        for place, findings in each.items():
            every[place] = tuple(dict.fromkeys((*every.get(place, ()), *findings)))
    return every


def _keyed(form: str) -> str:
    return clearances.keyed(form, purpose=b"the name of a victim").hex()[:32]
