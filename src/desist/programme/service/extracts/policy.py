"""Who may do what with extracts for an evaluator, and to which rows."""

from django.db.models import Q

from desist.programme.policy import MANAGERS
from desist.programme.scopes import own_area
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction, Rule

#: the second person, who sends what a colleague signed, is one of these
READERS = MANAGERS | {Role.EXECUTIVE}


class Action(BaseAction):
    """What can be done with extracts."""

    SEE_EXTRACTS = "programme.see_extracts"
    READ_FOR_EXTRACT = "programme.read_for_extract"
    COUNT_EXTRACT = "programme.count_extract"
    SIGN_EXTRACT = "programme.sign_extract"
    SEND_EXTRACT = "programme.send_extract"
    SET_EXTRACT_ASIDE = "programme.set_extract_aside"
    RECALL_EXTRACT = "programme.recall_extract"


def in_area(actor: Actor) -> Q:
    """Extracts of the actor's area, which are about no case."""
    return Q(area=actor.area)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_EXTRACTS: Rule(READERS, in_area),
    Action.READ_FOR_EXTRACT: Rule(MANAGERS, own_area("ref")),
    Action.COUNT_EXTRACT: Rule(MANAGERS, in_area),
    Action.SIGN_EXTRACT: Rule(MANAGERS, in_area),
    Action.SEND_EXTRACT: Rule(READERS, in_area),
    Action.SET_EXTRACT_ASIDE: Rule(MANAGERS, in_area),
    Action.RECALL_EXTRACT: Rule(MANAGERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "extracts:all": Action.SEE_EXTRACTS,
    "extracts:count": Action.COUNT_EXTRACT,
    "extracts:extract": Action.SEE_EXTRACTS,
    "extracts:file": Action.SIGN_EXTRACT,
    "extracts:sign": Action.SIGN_EXTRACT,
    "extracts:send": Action.SEND_EXTRACT,
    "extracts:set-aside": Action.SET_EXTRACT_ASIDE,
    "extracts:recall": Action.RECALL_EXTRACT,
}
