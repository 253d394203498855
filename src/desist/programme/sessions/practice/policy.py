"""Who may do what with the practice log, and to which rows."""

from desist.programme.policy import CLINICAL, PRACTITIONERS
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the practice log."""

    SEE_PRACTICE = "programme.see_practice"
    TYPE_PRACTICE = "programme.type_practice"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_PRACTICE: Rule(CLINICAL, own_people("")),
    Action.TYPE_PRACTICE: Rule(PRACTITIONERS, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "practice:log": Action.SEE_PRACTICE,
    "practice:add": Action.TYPE_PRACTICE,
    "practice:strike": Action.TYPE_PRACTICE,
}
