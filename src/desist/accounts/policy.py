"""Who may do what with accounts: the same table in every staff zone."""

from desist.wall.actors import Role
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """What can be done with accounts."""

    SWITCH_ROLE = "accounts.switch_role"


PEOPLE = frozenset(set(Role) - {Role.POST, Role.CLOCK})

RULES: dict[BaseAction, Rule] = {
    Action.SWITCH_ROLE: Rule(roles=PEOPLE, scope=everything),
}
ROUTES: dict[str, BaseAction] = {}
OPEN = frozenset({"accounts:sign-in"})
