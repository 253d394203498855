"""Who may do what with applications about an order, and to which rows."""

from desist.partnership.policy import ORDERS
from desist.partnership.scopes import own_orders
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with applications about an order."""

    RECORD_APPLICATION = "partnership.record_application"
    DECIDE_APPLICATION = "partnership.decide_application"


RULES: dict[BaseAction, Rule] = {
    Action.RECORD_APPLICATION: Rule(ORDERS, own_orders),
    Action.DECIDE_APPLICATION: Rule(ORDERS, own_orders),
}
ROUTES: dict[str, BaseAction] = {
    "applications:file": Action.RECORD_APPLICATION,
    "applications:decide": Action.DECIDE_APPLICATION,
    "applications:settle": Action.DECIDE_APPLICATION,
    "applications:serve": Action.DECIDE_APPLICATION,
}
