"""Who may do what with the register of orders, and to which rows."""

from desist.partnership.policy import ORDERS
from desist.partnership.scopes import own_orders, whole_register
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the register of orders."""

    IMPORT_ORDERS = "partnership.import_orders"
    EXPORT_ORDERS = "partnership.export_orders"
    COUNT_ORDERS = "partnership.count_orders"


RULES: dict[BaseAction, Rule] = {
    Action.IMPORT_ORDERS: Rule(ORDERS, own_orders),
    Action.EXPORT_ORDERS: Rule(ORDERS, own_orders),
    Action.COUNT_ORDERS: Rule(ORDERS, whole_register),
}
ROUTES: dict[str, BaseAction] = {
    "register:import": Action.IMPORT_ORDERS,
    "register:template": Action.IMPORT_ORDERS,
    "register:export": Action.EXPORT_ORDERS,
    "register:counts": Action.COUNT_ORDERS,
}
