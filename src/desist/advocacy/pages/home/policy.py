"""Who may do what with the calls to make, and to which rows."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the calls to make."""

    SEE_CALLS = "advocacy.see_calls"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CALLS: Rule(SUPPORT, own_people()),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_CALLS,
    "home:waiting": Action.SEE_CALLS,
}
