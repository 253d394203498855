"""Who may do what with returns that came, and to which rows."""

from desist.commission.policy import COMMISSIONERS, READERS
from desist.commission.scopes import about_own, in_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

THE_POST = frozenset({Role.POST})


class Action(BaseAction):
    """What can be done with returns that came."""

    SEE_RETURNS = "commission.see_returns"
    ASK_ABOUT_RETURN = "commission.ask_about_return"
    ENTER_RETURN = "commission.enter_return"
    RECALL_RETURN = "commission.recall_return"
    RECEIVE_RETURN = "commission.receive_return"
    RECEIVE_ANSWER = "commission.receive_answer"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_RETURNS: Rule(READERS, in_area),
    Action.ASK_ABOUT_RETURN: Rule(COMMISSIONERS, in_area),
    Action.ENTER_RETURN: Rule(COMMISSIONERS, in_area),
    Action.RECALL_RETURN: Rule(COMMISSIONERS, in_area),
    Action.RECEIVE_RETURN: Rule(THE_POST, in_area),
    Action.RECEIVE_ANSWER: Rule(THE_POST, about_own),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_RETURNS,
    "returns:return": Action.SEE_RETURNS,
    "returns:four": Action.SEE_RETURNS,
    "returns:file": Action.SEE_RETURNS,
    "returns:ask": Action.ASK_ABOUT_RETURN,
    "returns:enter": Action.ENTER_RETURN,
    "returns:recall": Action.RECALL_RETURN,
}
