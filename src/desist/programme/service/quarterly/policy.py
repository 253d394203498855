"""Who may do what with quarterly returns, and to which rows."""

from desist.programme.policy import MANAGER, MANAGERS, THE_POST
from desist.programme.scopes import in_area, in_area_of, listed_in_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

READERS = frozenset({MANAGER, Role.EXECUTIVE})


class Action(BaseAction):
    """What can be done with quarterly returns."""

    SEE_QUARTERLY = "programme.see_quarterly_returns"
    COUNT_QUARTER = "programme.count_quarter"
    SIGN_RETURN = "programme.sign_return"
    SEND_RETURN = "programme.send_return"
    SET_RETURN_ASIDE = "programme.set_return_aside"
    RECALL_RETURN = "programme.recall_return"
    ANSWER_ABOUT_RETURN = "programme.answer_about_return"
    RECEIVE_RETURN_QUESTION = "programme.receive_return_question"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_QUARTERLY: Rule(READERS, in_area),
    Action.COUNT_QUARTER: Rule(MANAGERS, in_area),
    Action.SIGN_RETURN: Rule(MANAGERS, in_area),
    Action.SEND_RETURN: Rule(READERS, in_area),
    Action.SET_RETURN_ASIDE: Rule(MANAGERS, in_area),
    Action.RECALL_RETURN: Rule(MANAGERS, in_area),
    Action.ANSWER_ABOUT_RETURN: Rule(MANAGERS, in_area_of("of")),
    Action.RECEIVE_RETURN_QUESTION: Rule(THE_POST, listed_in_area),
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
