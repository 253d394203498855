"""Who may do what with accounts: the same table in every staff zone."""

from desist.wall.actors import Role
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """What can be done with accounts."""

    SEE_ACCOUNT = "accounts.see_account"
    SIGN_OUT = "accounts.sign_out"
    SWITCH_ROLE = "accounts.switch_role"


PEOPLE = frozenset(set(Role) - {Role.POST, Role.CLOCK})

RULES: dict[BaseAction, Rule] = {
    Action.SEE_ACCOUNT: Rule(roles=PEOPLE, scope=everything),
    Action.SIGN_OUT: Rule(roles=PEOPLE, scope=everything),
    Action.SWITCH_ROLE: Rule(roles=PEOPLE, scope=everything),
}
ROUTES: dict[str, BaseAction] = {
    "accounts:account": Action.SEE_ACCOUNT,
    "accounts:sign-out": Action.SIGN_OUT,
}
OPEN = frozenset({"accounts:sign-in"})
