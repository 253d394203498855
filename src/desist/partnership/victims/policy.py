"""Who may do what with referrals of victims, and to which rows."""

from desist.partnership.policy import POLICE
from desist.partnership.scopes import own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with referrals of victims."""

    SEE_VICTIM_REFERRALS = "partnership.see_victim_referrals"
    REFER_VICTIM = "partnership.refer_victim"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_VICTIM_REFERRALS: Rule(POLICE, own_area),
    Action.REFER_VICTIM: Rule(POLICE, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "victims:victims": Action.SEE_VICTIM_REFERRALS,
    "victims:start": Action.REFER_VICTIM,
}
