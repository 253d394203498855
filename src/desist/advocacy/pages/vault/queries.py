"""Questions about one client's locators, and about the clients to whom a value leads."""

from dataclasses import dataclass
from datetime import datetime

from desist.advocacy.clients import queries as victims
from desist.advocacy.vault import boxes, queries
from desist.advocacy.vault.models import Locator
from desist.advocacy.vault.policy import Action
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import Victim
from desist.wall import gate
from desist.wall.actors import Actor

#: the most clients that one search names
FEW = 20


@dataclass(frozen=True)
class Found:
    """A client to whom a searched value leads."""

    ref: str
    name: str
    spoken: str
    kind: str
    ended: bool


def locators(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[queries.Line, ...]]:
    """One client and their locators."""
    rows = gate.open(actor, Action.SEE_LOCATORS, Victim, ref, at=at)
    return victims.page_of(rows, actor=actor, at=at), queries.lines(actor=actor, victim=rows.get(), at=at)


def search(*, actor: Actor, kind: Kind, value: str, at: datetime) -> tuple[Found, ...]:
    """The actor's clients to whom exactly this value leads. Raises normal.NotANumber."""
    marks = boxes.marks(kind, value)
    rows = gate.see(actor, Action.SEARCH_LOCATORS, Locator, at=at).filter(mark__in=marks)
    found = list(rows.select_related("victim").order_by("-added_at")[:FEW])
    people = Victim.objects.filter(pk__in=[row.victim_id for row in found])
    names = {one.ref: one for one in victims.listed(people, at=at)}
    return tuple(
        Found(
            ref=row.victim.ref,
            name=names[row.victim.ref].name,
            spoken=names[row.victim.ref].spoken,
            kind=Kind(row.kind).label,
            ended=row.ended_at is not None,
        )
        for row in found
    )


def to_destroy(*, actor: Actor, ref: str, at: datetime) -> victims.Page:
    """One client, for the manager who wants to destroy their key."""
    return victims.page_of(gate.open(actor, Action.DESTROY_KEY, Victim, ref, at=at), actor=actor, at=at)
