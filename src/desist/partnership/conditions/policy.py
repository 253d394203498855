"""Who may do what with conditions of an order, and to which rows."""

from desist.partnership.policy import ORDERS
from desist.partnership.scopes import own_orders
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with conditions of an order."""

    WRITE_CONDITION = "partnership.write_condition"


RULES: dict[BaseAction, Rule] = {
    Action.WRITE_CONDITION: Rule(ORDERS, own_orders),
}
ROUTES: dict[str, BaseAction] = {
    "conditions:add": Action.WRITE_CONDITION,
    "conditions:change": Action.WRITE_CONDITION,
    "conditions:remove": Action.WRITE_CONDITION,
}
