"""Who may set how a person works between the sessions, and for whom."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the sheets for between the sessions, and with their setting."""

    SEE_BETWEEN = "programme.see_between"
    SET_BETWEEN = "programme.set_between"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_BETWEEN: Rule(CLINICAL, own_people("")),
    Action.SET_BETWEEN: Rule(WORKING, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "paper:paper": Action.SEE_BETWEEN,
    "paper:sheet": Action.SEE_BETWEEN,
    "paper:skill": Action.SEE_BETWEEN,
    "between:choose": Action.SET_BETWEEN,
}
