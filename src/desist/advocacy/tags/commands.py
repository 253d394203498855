"""Everything that can happen to a tag: it is put on records and incidents of a client, and taken off."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from desist.advocacy.evidence.states import State
from desist.advocacy.tags.models import Tag, Tagged
from desist.advocacy.tags.policy import Action
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.references import reference
from desist.refusals import Refused
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor

WORDS = "tag words"
#: tags of one client, and records that are tagged at once
MOST_TAGS, MOST_ROWS = 100, 5_000
TOO_MANY_TAGS = "Nothing was tagged: this client has 100 tags. Use one of them"
TOO_MANY_ROWS = "Nothing was tagged: 5,000 records are the most at once. Narrow the chronology first"
NOTHING = "Nothing was tagged: no record and no incident is ticked. Go back and tick what it is about"
#: (reference of a file, number of a kept record in it)
Place = tuple[str, int]


def put_on(
    *,
    actor: Actor,
    ref: str,
    words: str,
    records: Sequence[Place],
    incidents: Sequence[str],
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Put the client's tag of these words on, a new one where there is none yet. A second call changes nothing.

    A record or an incident that the client does not have is as absent as a client that there is not: gate.NotFound.
    Raises HoldsLocator and Refused.
    """
    with gate.change(actor, Action.TAG_ROWS, Victim, ref, at=at) as victim:
        _must_be_some(records, incidents)
        box = vault.box(person=ref)
        tag = _known(victim, box, words)
        if tag is None:
            vault.check(actor=actor, victim=victim, texts=[words], at=at, of=box, why=why)
            if victim.tags.count() >= MOST_TAGS:
                raise Refused(TOO_MANY_TAGS)
            own = reference()
            locked = box.lock(field=WORDS, row=own, text=words)
            tag = victim.tags.create(ref=own, words=locked, made_by=actor.who, made_at=at)
        new = [
            *(
                Tagged(tag=tag, original_id=file, number=number, by=actor.who, at=at)
                for file, number in _records(victim, records)
            ),
            *(
                Tagged(tag=tag, incident_id=one, by=actor.who, at=at)
                for one in _incidents(victim, incidents).values()
            ),
        ]
        Tagged.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True)


def take_off(
    *, actor: Actor, ref: str, tag: str, records: Sequence[Place], incidents: Sequence[str], at: datetime
) -> None:
    """Take a tag off; where it is not, nothing changes. The tag itself stays. Raises Refused."""
    with gate.change(actor, Action.TAG_ROWS, Victim, ref, at=at) as victim:
        _must_be_some(records, incidents)
        on = Q(incident__ref__in=incidents)
        for file, numbers in _by_file(records).items():
            on |= Q(original__ref=file, number__in=numbers)
        Tagged.objects.filter(on, tag__victim=victim, tag__ref=tag).delete()


def _must_be_some(records: Sequence[Place], incidents: Sequence[str]) -> None:
    if not records and not incidents:
        raise Refused(NOTHING)
    if len(records) > MOST_ROWS:
        raise Refused(TOO_MANY_ROWS)


def _known(victim: Victim, box: Box, words: str) -> Tag | None:
    """The client's tag of these words, in capitals or small letters. Only the opened words can tell."""
    for one in victim.tags.order_by("pk"):
        if box.open(field=WORDS, row=one.ref, sealed=bytes(one.words)).casefold() == words.casefold():
            return one
    return None


def _records(victim: Victim, records: Sequence[Place]) -> list[tuple[int, int]]:
    """The (key of the export, number) of kept records of the client. Raises gate.NotFound."""
    wanted = _by_file(records)
    found = {one.ref: one for one in victim.originals.filter(ref__in=wanted, state=State.KEPT)}
    places = []
    for file, numbers in wanted.items():
        if file not in found or found[file].records.filter(number__in=numbers).count() != len(numbers):
            raise gate.NotFound(victim.ref)
        places += [(found[file].pk, number) for number in sorted(numbers)]
    return places


def _incidents(victim: Victim, refs: Iterable[str]) -> dict[str, int]:
    wanted = set(refs)
    found = dict(victim.incidents.filter(ref__in=wanted).values_list("ref", "pk"))
    if found.keys() != wanted:
        raise gate.NotFound(victim.ref)
    return found


def _by_file(records: Iterable[Place]) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = {}
    for file, number in records:
        wanted.setdefault(file, set()).add(number)
    return wanted
