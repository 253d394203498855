"""Who may do what with orders, and to which rows."""

from desist.partnership.policy import ORDERS, POLICE, THE_CLOCK
from desist.partnership.scopes import own_orders, own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with orders."""

    SEE_ORDERS = "partnership.see_orders"
    SEE_ORDER = "partnership.see_order"
    SEE_ORDERS_IN_FORCE = "partnership.see_orders_in_force"
    SEE_SAME_PERSON = "partnership.see_same_person"
    ADD_PERSON = "partnership.add_person"
    START_ORDER = "partnership.start_order"
    STEP_ORDER = "partnership.step_order"
    EXPIRE_ORDER = "partnership.expire_order"
    LINK_REFERRAL = "partnership.link_referral"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_ORDERS: Rule(ORDERS, own_orders),
    Action.SEE_ORDER: Rule(ORDERS, own_orders),
    Action.SEE_ORDERS_IN_FORCE: Rule(POLICE, own_orders),
    Action.SEE_SAME_PERSON: Rule(ORDERS, own_people),
    Action.ADD_PERSON: Rule(ORDERS, own_people),
    Action.START_ORDER: Rule(ORDERS, own_orders),
    Action.STEP_ORDER: Rule(ORDERS, own_orders),
    Action.EXPIRE_ORDER: Rule(THE_CLOCK, everything),
    Action.LINK_REFERRAL: Rule(ORDERS, own_orders),
}
ROUTES: dict[str, BaseAction] = {
    "orders:orders": Action.SEE_ORDERS,
    "orders:start": Action.START_ORDER,
    "orders:order": Action.SEE_ORDER,
    "orders:interim": Action.START_ORDER,
    "orders:protect": Action.STEP_ORDER,
    "orders:step": Action.STEP_ORDER,
    "orders:programme": Action.LINK_REFERRAL,
    "orders:due": Action.SEE_ORDERS,
}
WITHOUT_WRITING = frozenset({"orders:orders", "orders:order"})
