"""Who may do what with a person's history, and to which rows."""

from desist.programme.policy import CLINICAL
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with a person's history."""

    SEE_HISTORY = "programme.see_history"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_HISTORY: Rule(CLINICAL, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "history:history": Action.SEE_HISTORY,
}
