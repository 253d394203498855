"""Who may do what with the service today, and to which rows."""

from desist.programme.policy import MANAGERS
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the service today."""

    SEE_SERVICE = "programme.see_service"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SERVICE: Rule(MANAGERS, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "service:service": Action.SEE_SERVICE,
}
