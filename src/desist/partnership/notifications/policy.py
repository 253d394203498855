"""Who may do what with notifications, and to which rows."""

from desist.partnership.policy import ORDERS
from desist.partnership.scopes import own_orders
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with notifications."""

    RECORD_NOTIFICATION = "partnership.record_notification"


RULES: dict[BaseAction, Rule] = {
    Action.RECORD_NOTIFICATION: Rule(ORDERS, own_orders),
}
ROUTES: dict[str, BaseAction] = {
    "notifications:give": Action.RECORD_NOTIFICATION,
    "notifications:look": Action.RECORD_NOTIFICATION,
    "notifications:change": Action.RECORD_NOTIFICATION,
    "notifications:suspension": Action.RECORD_NOTIFICATION,
}
