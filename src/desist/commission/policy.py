"""Who may do what in the commission zone, to which rows: the whole answer."""

from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """Everything that can be done in this zone."""

    SEE_RETURNS = "commission.see_returns"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_RETURNS: Rule(roles=frozenset({Role.COMMISSIONER, Role.EVALUATOR}), scope=everything),
}
ROUTES: dict[str, BaseAction] = {"home:home": Action.SEE_RETURNS}
