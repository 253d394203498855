"""Questions about a client's tags, for a client whom the gate let through."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from desist.advocacy.tags.commands import WORDS
from desist.advocacy.tags.models import Tagged
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim


@dataclass(frozen=True)
class Tag:
    """One tag of a client."""

    ref: str
    words: str


def tags(victim: Victim, box: Box | None) -> dict[int, Tag]:
    """The client's tags by key, in the order of their words; none once the client's key was destroyed."""
    if box is None:
        return {}
    found = {
        one.pk: Tag(one.ref, box.open(field=WORDS, row=one.ref, sealed=bytes(one.words)))
        for one in victim.tags.all()
    }
    return dict(sorted(found.items(), key=lambda one: one[1].words.casefold()))


def on(
    known: Mapping[int, Tag], places: Iterable[tuple[str, int]], incidents: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    """`file.number` of a record, or the reference of an incident -> the words of the `known` tags that are on it."""
    if not known:
        return {}
    wanted = Q(incident__ref__in=list(incidents))
    by_file: defaultdict[str, list[int]] = defaultdict(list)
    for file, number in places:
        by_file[file].append(number)
    for file, numbers in by_file.items():
        wanted |= Q(original__ref=file, number__in=numbers)
    found: defaultdict[str, set[int]] = defaultdict(set)
    rows = Tagged.objects.filter(wanted, tag__in=known)
    for tag, of, place, incident in rows.values_list("tag", "original__ref", "number", "incident__ref"):
        found[incident or f"{of}.{place}"].add(tag)
    return {
        thing: tuple(one.words for pk, one in known.items() if pk in those) for thing, those in found.items()
    }


def with_tag(ref: str) -> Exists:
    """What a statement about kept records asks: whether a tag is on each."""
    return Exists(
        Tagged.objects.filter(tag__ref=ref, original=OuterRef("original"), number=OuterRef("number"))
    )


def incidents(victim: Victim, ref: str) -> frozenset[str]:
    """The references of the client's incidents that a tag is on."""
    found = Tagged.objects.filter(tag__victim=victim, tag__ref=ref, incident__isnull=False)
    return frozenset(found.values_list("incident__ref", flat=True))


def records(victim: Victim, box: Box) -> Iterator[str]:
    """Yield the words of a client's tags, one by one."""
    for one in tags(victim, box).values():
        yield one.words
