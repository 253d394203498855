"""Who may do what with quarterly returns, and to which rows: the same table in the zones that return what they do."""

from django.db.models import Q

from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction, Rule

COUNTING = frozenset({Role.MANAGER, Role.FORCE_LEAD, Role.ADVOCACY_MANAGER})
#: the second person, who sends what a colleague signed, is one of these
READERS = COUNTING | {Role.EXECUTIVE, Role.ORDER_COORDINATOR, Role.ADVOCATE}
THE_POST = frozenset({Role.POST})


class Action(BaseAction):
    """What can be done with quarterly returns."""

    SEE_QUARTERLY = "quarterly.see_quarterly_returns"
    COUNT_QUARTER = "quarterly.count_quarter"
    SIGN_RETURN = "quarterly.sign_return"
    SEND_RETURN = "quarterly.send_return"
    SET_RETURN_ASIDE = "quarterly.set_return_aside"
    RECALL_RETURN = "quarterly.recall_return"
    ANSWER_ABOUT_RETURN = "quarterly.answer_about_return"
    RECEIVE_RETURN_QUESTION = "quarterly.receive_return_question"


def in_area(actor: Actor) -> Q:
    """Returns of the actor's area, which are about no case; the post works in every area."""
    return Q() if actor.is_system else Q(area=actor.area)


def about_own(actor: Actor) -> Q:
    """Questions about returns of the actor's area."""
    return Q(of__area=actor.area)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_QUARTERLY: Rule(READERS, in_area),
    Action.COUNT_QUARTER: Rule(COUNTING, in_area),
    Action.SIGN_RETURN: Rule(COUNTING, in_area),
    Action.SEND_RETURN: Rule(READERS, in_area),
    Action.SET_RETURN_ASIDE: Rule(COUNTING, in_area),
    Action.RECALL_RETURN: Rule(COUNTING, in_area),
    Action.ANSWER_ABOUT_RETURN: Rule(COUNTING, about_own),
    Action.RECEIVE_RETURN_QUESTION: Rule(THE_POST, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "quarterly:all": Action.SEE_QUARTERLY,
    "quarterly:count": Action.COUNT_QUARTER,
    "quarterly:return": Action.SEE_QUARTERLY,
    "quarterly:file": Action.SEE_QUARTERLY,
    "quarterly:sign": Action.SIGN_RETURN,
    "quarterly:send": Action.SEND_RETURN,
    "quarterly:set-aside": Action.SET_RETURN_ASIDE,
    "quarterly:recall": Action.RECALL_RETURN,
    "quarterly:answer": Action.ANSWER_ABOUT_RETURN,
}
