"""What a task of one's own can be about in an advocacy service: a client."""

from desist.advocacy.clients import queries as clients
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.policy import Action
from desist.tasks.cases import Kind


def _name(one: Victim) -> str:
    try:
        box = vault.box(person=one.ref)
    except boxes.Shredded:
        box = None
    return clients.name(one, box)


TASKS = (Kind(Action.SEE_VICTIM, Victim, "victims:victim", _name, ""),)
