"""Who may do what with breaches, and to which rows."""

from desist.partnership.policy import DUTY, ORDERS, THE_POST
from desist.partnership.scopes import of_own_orders, own_attendances, own_cases, own_orders
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with breaches."""

    SEE_BREACH = "partnership.see_breach"
    RECORD_BREACH = "partnership.record_breach"
    DECIDE_BREACH = "partnership.decide_breach"
    FOLLOW_BREACH = "partnership.follow_breach"
    NOTE_ATTENDANCE = "partnership.note_attendance"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_BREACH: Rule(DUTY, of_own_orders),
    Action.RECORD_BREACH: Rule(ORDERS, own_orders),
    Action.DECIDE_BREACH: Rule(ORDERS, own_orders),
    Action.FOLLOW_BREACH: Rule(DUTY, own_cases),
    Action.NOTE_ATTENDANCE: Rule(THE_POST, own_attendances),
}
ROUTES: dict[str, BaseAction] = {
    "breaches:record": Action.RECORD_BREACH,
    "breaches:case": Action.SEE_BREACH,
    "breaches:breach": Action.SEE_BREACH,
    "breaches:follow": Action.FOLLOW_BREACH,
}
