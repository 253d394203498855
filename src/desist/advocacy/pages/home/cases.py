"""What a task of one's own can be about in an advocacy service: a client."""

from desist.advocacy.clients import queries as clients
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.policy import Action
from desist.tasks.cases import Kind

TASKS = (Kind(Action.SEE_VICTIM, Victim, "victims:victim", clients.unsealed, ("identity",)),)
