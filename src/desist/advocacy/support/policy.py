"""Who may do what with agencies and referrals of clients to them, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_POST
from desist.advocacy.scopes import in_area, listed_in_area, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with agencies and referrals to them."""

    SEE_AGENCIES = "advocacy.see_agencies"
    SEE_SUPPORT = "advocacy.see_support"
    REFER_TO_AGENCY = "advocacy.refer_to_agency"
    CHANGE_SUPPORT = "advocacy.change_support"
    RECEIVE_LISTING = "advocacy.receive_listing"
    RECEIVE_SUPPORT_ANSWER = "advocacy.receive_support_answer"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_AGENCIES: Rule(SUPPORT, in_area),
    Action.SEE_SUPPORT: Rule(SUPPORT, own_people("need__victim__")),
    Action.REFER_TO_AGENCY: Rule(SUPPORT, own_people("victim__")),
    Action.CHANGE_SUPPORT: Rule(SUPPORT, own_people("need__victim__")),
    Action.RECEIVE_LISTING: Rule(THE_POST, listed_in_area),
    Action.RECEIVE_SUPPORT_ANSWER: Rule(THE_POST, own_people("need__victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "support:agencies": Action.SEE_AGENCIES,
    "support:refer": Action.REFER_TO_AGENCY,
    "support:referral": Action.SEE_SUPPORT,
    "support:record": Action.CHANGE_SUPPORT,
    "support:read": Action.CHANGE_SUPPORT,
    "support:reply": Action.CHANGE_SUPPORT,
    "support:withdraw": Action.CHANGE_SUPPORT,
}
