"""Whether outgoing words give a client away: by the vault, by a name, or by phrases of the client's records."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple

from desist.advocacy.candidates import queries as candidates
from desist.advocacy.circumstances import queries as circumstances
from desist.advocacy.evidence import queries as evidence
from desist.advocacy.incidents.texts import ADDED, Account
from desist.advocacy.incidents.texts import FIELD as INCIDENT
from desist.advocacy.safety import texts
from desist.advocacy.screenings import queries as screenings
from desist.advocacy.tags import queries as tags
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.identity import FIELD as IDENTITY
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.models import Victim
from desist.disclosure import phrases
from desist.refusals import Refused

#: the most records of each kind that are compared for one client
MOST = 200
SHORTEST_NAME = 3
#: words by which a child is known without a name: "the elder daughter"
NO_NAMES = frozenset(
    [
        "the",
        "and",
        "her",
        "his",
        "their",
        "our",
        "one",
        "older",
        "elder",
        "eldest",
        "younger",
        "youngest",
        "middle",
        "first",
        "second",
        "third",
        "child",
        "children",
        "kid",
        "baby",
        "twin",
        "twins",
        "boy",
        "girl",
        "son",
        "daughter",
        "stepson",
        "stepdaughter",
        "grandson",
        "granddaughter",
        "nephew",
        "niece",
        "brother",
        "sister",
    ]
)


class GivesAway(Refused):
    """The words lead to a client; the message says how, for people who know the client already."""


def check(*, victim: Victim, box: Box, told: Iterable[str], others: Iterable[Victim]) -> None:
    """Raise GivesAway if words about a client give a client away. The vault was asked about the words before.

    `others` are further clients: a phrase that their records hold too does not mark this client.
    """
    told = [text for text in told if text]
    if found := sorted({name for text in told for name in _named(text, _names(victim, box))}):
        raise GivesAway(
            f"Not saved: it contains a name of theirs ({', '.join(found)}). Write “the client” or “their child” instead"
        )
    opened = vault.boxes_of(persons=[one.ref for one in others])
    shared = [text for one in others if one.ref in opened for text in _records(one, opened[one.ref])]
    own = list(_records(victim, box))
    if rare := [one for text in told for one in phrases.rare(text=text, own=own, others=shared)]:
        raise GivesAway(
            "Not saved: these words appear only in their own records, and anyone who reads them will know who said "
            f"them: {'; '.join(f'“{one}”' for one in rare[:3])}. Reword it"
        )


def _names(victim: Victim, box: Box) -> set[str]:
    who = boxes.unlock(box, IDENTITY, victim.ref, victim.identity, Identity)
    children = [
        boxes.unlock(box, texts.CHILD, one.ref, one.words, texts.Child) for one in victim.children.all()
    ]
    theirs = set(_words(who.given_names, who.family_name, who.called))
    return theirs | {name for name in _words(*(child.name for child in children)) if name not in NO_NAMES}


def _words(*written: str) -> list[str]:
    found = (name for one in written for name in re.findall(r"[^\W\d_]+", one))
    return [name for name in found if len(name) >= SHORTEST_NAME]


def _named(text: str, names: set[str]) -> set[str]:
    """The names in a text, as written or in capitals: "may" is no name, "May" may be one."""
    words = set(re.findall(r"[^\W\d_]+", text))
    return {name for name in names if name in words or name.upper() in words}


def _records(victim: Victim, box: Box) -> Iterator[str]:
    """The texts written about a client, one by one."""
    for note in victim.notes.order_by("-written_at")[:MOST]:
        yield box.open(field=texts.NOTE, row=note.ref, sealed=bytes(note.words))
    for incident in victim.incidents.order_by("-recorded_at").prefetch_related("additions")[:MOST]:
        yield from astuple(boxes.unlock(box, INCIDENT, incident.ref, incident.words, Account))
        for one in incident.additions.all():
            yield box.open(field=ADDED, row=one.ref, sealed=bytes(one.words))
    for need in victim.needs.all():
        yield box.open(field=texts.NEED, row=need.ref, sealed=bytes(need.words))
    for choice in victim.choices.all():
        yield box.open(field=texts.CHOICE, row=choice.ref, sealed=bytes(choice.words))
    yield from circumstances.records(victim, box)
    yield from screenings.records(victim, box)
    yield from candidates.records(victim, box)
    yield from evidence.transcripts(victim, box)
    yield from tags.records(victim, box)
    if plan := victim.plans.order_by("-number").first():
        row = f"{victim.ref}:{plan.number}"
        yield from astuple(boxes.unlock(box, texts.PLAN, row, plan.words, texts.Plan))
    who = boxes.unlock(box, IDENTITY, victim.ref, victim.identity, Identity)
    yield from (who.account, who.safety)
