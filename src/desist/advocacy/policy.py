"""Who may do what in the advocacy zone, to which rows: the whole answer."""

from desist.wall.actors import Role
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """Everything that can be done in this zone."""

    SEE_CALLS = "advocacy.see_calls"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CALLS: Rule(roles=frozenset({Role.ADVOCATE, Role.ADVOCACY_MANAGER}), scope=everything),
}
ROUTES: dict[str, BaseAction] = {"home:home": Action.SEE_CALLS}
OPEN: frozenset[str] = frozenset()
