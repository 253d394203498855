"""Who may do what with orders offered to another force or by one, and to which rows."""

from desist.partnership.policy import ORDERS, THE_POST
from desist.partnership.scopes import own_orders, own_transfers
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with orders offered to another force or by one."""

    HAND_OVER_ORDER = "partnership.hand_over_order"
    RECEIVE_ORDER = "partnership.receive_order"
    SEE_TRANSFERS = "partnership.see_transfers"
    SETTLE_TRANSFER = "partnership.settle_transfer"
    ANSWER_TRANSFER = "partnership.answer_transfer"
    RECEIVE_TRANSFER = "partnership.receive_transfer"


RULES: dict[BaseAction, Rule] = {
    Action.HAND_OVER_ORDER: Rule(ORDERS, own_orders),
    Action.RECEIVE_ORDER: Rule(THE_POST, own_orders),
    Action.SEE_TRANSFERS: Rule(ORDERS, own_transfers),
    Action.SETTLE_TRANSFER: Rule(ORDERS, own_transfers),
    Action.ANSWER_TRANSFER: Rule(ORDERS, own_transfers),
    Action.RECEIVE_TRANSFER: Rule(THE_POST, own_transfers),
}
ROUTES: dict[str, BaseAction] = {
    "transfers:transfer": Action.HAND_OVER_ORDER,
    "transfers:withdraw": Action.SETTLE_TRANSFER,
    "transfers:told": Action.SETTLE_TRANSFER,
    "transfers:offer": Action.ANSWER_TRANSFER,
}
