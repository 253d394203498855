"""Who may do what with what the police tell an evaluator, and to which rows."""

from django.db.models import Q

from desist.partnership.policy import ORDERS, THE_CLOCK, THE_POST
from desist.partnership.scopes import whole_register
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction, Rule

LEADS = frozenset({Role.FORCE_LEAD})


class Action(BaseAction):
    """What can be done with extracts."""

    SEE_EXTRACTS = "partnership.see_extracts"
    READ_FOR_EXTRACT = "partnership.read_for_extract"
    COUNT_EXTRACT = "partnership.count_extract"
    SIGN_EXTRACT = "partnership.sign_extract"
    SEND_EXTRACT = "partnership.send_extract"
    SET_EXTRACT_ASIDE = "partnership.set_extract_aside"
    RECALL_EXTRACT = "partnership.recall_extract"
    RECEIVE_EXTRACT = "partnership.receive_extract"
    EMPTY_EXTRACT = "partnership.empty_extract"


def in_area(actor: Actor) -> Q:
    """Extracts of the actor's police area, which are about no case; the post and the clock work in every area."""
    return Q() if actor.is_system else Q(area=actor.area)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_EXTRACTS: Rule(ORDERS, in_area),
    Action.READ_FOR_EXTRACT: Rule(LEADS, whole_register),
    Action.COUNT_EXTRACT: Rule(LEADS, in_area),
    Action.SIGN_EXTRACT: Rule(LEADS, in_area),
    Action.SEND_EXTRACT: Rule(ORDERS, in_area),
    Action.SET_EXTRACT_ASIDE: Rule(LEADS, in_area),
    Action.RECALL_EXTRACT: Rule(LEADS, in_area),
    Action.RECEIVE_EXTRACT: Rule(THE_POST, in_area),
    Action.EMPTY_EXTRACT: Rule(THE_CLOCK, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "extracts:all": Action.SEE_EXTRACTS,
    "extracts:extract": Action.SEE_EXTRACTS,
    "extracts:count": Action.COUNT_EXTRACT,
    "extracts:file": Action.SIGN_EXTRACT,
    "extracts:sign": Action.SIGN_EXTRACT,
    "extracts:send": Action.SEND_EXTRACT,
    "extracts:set-aside": Action.SET_EXTRACT_ASIDE,
    "extracts:recall": Action.RECALL_EXTRACT,
}
