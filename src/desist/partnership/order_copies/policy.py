"""Who may do what with certified copies of an order, and to which rows."""

from desist.partnership.policy import ORDERS
from desist.partnership.scopes import own_orders
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with certified copies of an order."""

    STORE_COPY = "partnership.store_copy"
    OPEN_COPY = "partnership.open_copy"


RULES: dict[BaseAction, Rule] = {
    Action.STORE_COPY: Rule(ORDERS, own_orders),
    Action.OPEN_COPY: Rule(ORDERS, own_orders),
}
ROUTES: dict[str, BaseAction] = {
    "order_copies:store": Action.STORE_COPY,
    "order_copies:copy": Action.OPEN_COPY,
}
