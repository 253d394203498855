"""Who may do what with returns, and to which rows."""

from desist.programme.policy import MANAGER
from desist.programme.scopes import own_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with returns."""

    SEE_RETURNS = "programme.see_returns"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_RETURNS: Rule(frozenset({MANAGER, Role.EXECUTIVE}), own_area("ref")),
}
ROUTES: dict[str, BaseAction] = {
    "returns:returns": Action.SEE_RETURNS,
    "returns:file": Action.SEE_RETURNS,
}
