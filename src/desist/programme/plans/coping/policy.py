"""Who may do what with coping plans, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with coping plans."""

    SEE_COPING_PLAN = "programme.see_coping_plan"
    WRITE_COPING_PLAN = "programme.write_coping_plan"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_COPING_PLAN: Rule(CLINICAL, own_people("")),
    Action.WRITE_COPING_PLAN: Rule(WORKING, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "coping:plan": Action.SEE_COPING_PLAN,
    "coping:shared": Action.SEE_COPING_PLAN,
    "coping:write": Action.WRITE_COPING_PLAN,
}
