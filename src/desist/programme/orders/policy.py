"""Who may do what with orders about a person, and to which rows."""

from desist.programme.policy import CLINICAL, THE_POST, WORKING
from desist.programme.scopes import own_people, own_referrals
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with orders about a person."""

    RECEIVE_ORDER = "programme.receive_order"
    SEE_ORDERS = "programme.see_orders"
    TYPE_ORDER = "programme.type_order"
    CHANGE_ORDER = "programme.change_order"


RULES: dict[BaseAction, Rule] = {
    Action.RECEIVE_ORDER: Rule(THE_POST, everything),
    Action.SEE_ORDERS: Rule(CLINICAL, own_people("")),
    Action.TYPE_ORDER: Rule(WORKING, own_people("")),
    Action.CHANGE_ORDER: Rule(WORKING, own_referrals("referral__")),
}
ROUTES: dict[str, BaseAction] = {
    "orders:orders": Action.SEE_ORDERS,
    "orders:type-in": Action.TYPE_ORDER,
    "orders:change": Action.CHANGE_ORDER,
    "orders:end": Action.CHANGE_ORDER,
}
WITHOUT_WRITING = frozenset({"orders:orders"})
