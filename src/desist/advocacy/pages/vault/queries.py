"""Questions about one client's locators."""

from datetime import datetime

from desist.advocacy.clients import queries as victims
from desist.advocacy.vault import queries
from desist.advocacy.vault.policy import Action
from desist.advocacy.victims.models import Victim
from desist.wall import gate
from desist.wall.actors import Actor


def locators(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[queries.Line, ...]]:
    """One client and their locators."""
    rows = gate.open(actor, Action.SEE_LOCATORS, Victim, ref, at=at)
    return victims.page_of(rows, actor=actor, at=at), queries.lines(actor=actor, victim=rows.get(), at=at)


def to_destroy(*, actor: Actor, ref: str, at: datetime) -> victims.Page:
    """One client, for the manager who wants to destroy their key."""
    return victims.page_of(gate.open(actor, Action.DESTROY_KEY, Victim, ref, at=at), actor=actor, at=at)
