"""Who may do what with what a referrer without software says, and to which rows."""

from desist.programme.policy import WORKING
from desist.programme.scopes import own_area, own_referrals
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with what a referrer without software says."""

    TYPE_CHANGE = "programme.type_change"
    TYPE_WITHDRAWAL = "programme.type_withdrawal"
    CONFIRM_WITHDRAWAL = "programme.confirm_withdrawal"


RULES: dict[BaseAction, Rule] = {
    Action.TYPE_CHANGE: Rule(WORKING, own_referrals("")),
    Action.TYPE_WITHDRAWAL: Rule(WORKING, own_referrals("")),
    Action.CONFIRM_WITHDRAWAL: Rule(WORKING, own_area("ref")),
}
ROUTES: dict[str, BaseAction] = {
    "telephone_notices:change": Action.TYPE_CHANGE,
    "telephone_notices:taken-back": Action.TYPE_WITHDRAWAL,
    "telephone_notices:settle": Action.CONFIRM_WITHDRAWAL,
}
