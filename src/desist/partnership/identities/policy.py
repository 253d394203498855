"""Who may do what with decisions about the right to know, and to which rows."""

from desist.partnership.policy import ORDERS
from desist.partnership.scopes import own_decisions
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with decisions about the right to know."""

    SEE_IDENTITIES = "partnership.see_identities"
    DECIDE_IDENTITY = "partnership.decide_identity"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_IDENTITIES: Rule(ORDERS, own_decisions),
    Action.DECIDE_IDENTITY: Rule(ORDERS, own_decisions),
}
ROUTES: dict[str, BaseAction] = {
    "identities:decisions": Action.SEE_IDENTITIES,
    "identities:decide": Action.DECIDE_IDENTITY,
    "identities:told": Action.DECIDE_IDENTITY,
}
