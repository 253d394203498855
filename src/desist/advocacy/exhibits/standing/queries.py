"""Which exhibits a record stands on, for rows that the gate let through."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from desist.advocacy.exhibits.models import Exhibit, ExhibitRow
from desist.advocacy.exhibits.states import State


def standing() -> QuerySet[ExhibitRow]:
    """What is on exhibits that are neither ended nor replaced by a version that was made."""
    replaced = Exhibit.objects.filter(before=OuterRef("exhibit"), state=State.MADE)
    return ExhibitRow.objects.exclude(exhibit__state=State.ENDED).exclude(Exists(replaced))


def on_one() -> Exists:
    """What a statement about kept records asks: whether each stands on an exhibit."""
    return Exists(standing().filter(original=OuterRef("original"), number=OuterRef("number")))


def exhibited(places: Iterable[tuple[str, int]]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """`file.number` of a record -> (reference, number) of each exhibit on which it stands, the first one first."""
    by_file: defaultdict[str, list[int]] = defaultdict(list)
    for file, number in places:
        by_file[file].append(number)
    wanted = Q(pk__in=[])
    for file, numbers in by_file.items():
        wanted |= Q(original__ref=file, number__in=numbers)
    rows = standing().filter(wanted).order_by("exhibit__begun_at", "exhibit")
    found: defaultdict[str, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    named = rows.values_list("original__ref", "number", "exhibit__ref", "exhibit__number")
    for file, place, ref, called in named:
        found[f"{file}.{place}"] += ((ref, called),)
    return found
