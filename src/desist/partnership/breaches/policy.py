"""Who may do what with breaches, and to which rows."""

from desist.partnership.policy import ORDERS, THE_POST
from desist.partnership.scopes import own_attendances, own_orders
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with breaches."""

    RECORD_BREACH = "partnership.record_breach"
    DECIDE_BREACH = "partnership.decide_breach"
    FOLLOW_BREACH = "partnership.follow_breach"
    NOTE_ATTENDANCE = "partnership.note_attendance"


RULES: dict[BaseAction, Rule] = {
    Action.RECORD_BREACH: Rule(ORDERS, own_orders),
    Action.DECIDE_BREACH: Rule(ORDERS, own_orders),
    Action.FOLLOW_BREACH: Rule(ORDERS, own_orders),
    Action.NOTE_ATTENDANCE: Rule(THE_POST, own_attendances),
}
ROUTES: dict[str, BaseAction] = {
    "breaches:record": Action.RECORD_BREACH,
    "breaches:breach": Action.DECIDE_BREACH,
    "breaches:follow": Action.FOLLOW_BREACH,
}
