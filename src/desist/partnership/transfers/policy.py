"""Who may do what with orders handed over to another force, and to which rows."""

from desist.partnership.policy import ORDERS, THE_POST
from desist.partnership.scopes import own_orders
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with orders handed over to another force."""

    HAND_OVER_ORDER = "partnership.hand_over_order"
    RECEIVE_ORDER = "partnership.receive_order"


RULES: dict[BaseAction, Rule] = {
    Action.HAND_OVER_ORDER: Rule(ORDERS, own_orders),
    Action.RECEIVE_ORDER: Rule(THE_POST, own_orders),
}
ROUTES: dict[str, BaseAction] = {
    "transfers:transfer": Action.HAND_OVER_ORDER,
}
