"""Who may do what with orders that protect a client, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_POST
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with orders that protect a client."""

    SEE_ORDERS = "advocacy.see_orders"
    SEE_CLEARANCES = "advocacy.see_clearances"
    RECEIVE_ORDER = "advocacy.receive_order"
    ANSWER_CLEARANCE = "advocacy.answer_clearance"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_ORDERS: Rule(SUPPORT, own_people()),
    Action.SEE_CLEARANCES: Rule(SUPPORT, own_people("victim__")),
    Action.RECEIVE_ORDER: Rule(THE_POST, everything),
    Action.ANSWER_CLEARANCE: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "orders:orders": Action.SEE_ORDERS,
    "orders:clearance": Action.ANSWER_CLEARANCE,
}
WITHOUT_WRITING = frozenset({"orders:orders"})
