"""Who may do what with referrals to agencies, and to which rows."""

from desist.partnership.agencies.policy import KEEPERS
from desist.partnership.policy import THE_POST
from desist.partnership.scopes import of_area, of_own_agency
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

AGENCIES = frozenset({Role.PARTNER})


class Action(BaseAction):
    """What can be done with referrals to agencies."""

    SEE_SUPPORT = "partnership.see_support"
    ANSWER_SUPPORT = "partnership.answer_support"
    RECEIVE_SUPPORT = "partnership.receive_support"
    END_AGENCY = "partnership.end_agency"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SUPPORT: Rule(AGENCIES, of_own_agency),
    Action.ANSWER_SUPPORT: Rule(AGENCIES, of_own_agency),
    Action.RECEIVE_SUPPORT: Rule(THE_POST, of_own_agency),
    Action.END_AGENCY: Rule(KEEPERS, of_area),
}
ROUTES: dict[str, BaseAction] = {
    "support:support": Action.SEE_SUPPORT,
    "support:referral": Action.SEE_SUPPORT,
    "support:answer": Action.ANSWER_SUPPORT,
    "support:end-agency": Action.END_AGENCY,
}
