"""Who may agree to a referral to an agency that the person said no to, and to which rows."""

from desist.programme.policy import LEADING, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with referrals that a person said no to. Asking for one is referring."""

    DECIDE_OVERRIDE = "programme.decide_support_override"
    TAKE_BACK_OVERRIDE = "programme.take_back_support_override"


RULES: dict[BaseAction, Rule] = {
    Action.DECIDE_OVERRIDE: Rule(LEADING, own_people("episode__")),
    Action.TAKE_BACK_OVERRIDE: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "overrides:decide": Action.DECIDE_OVERRIDE,
    "overrides:take-back": Action.TAKE_BACK_OVERRIDE,
}
