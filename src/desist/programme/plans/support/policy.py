"""Who may do what with agencies and referrals to them, and to which rows."""

from desist.programme.policy import CLINICAL, MANAGERS, THE_POST, WORKING
from desist.programme.scopes import in_area, listed_in_area, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with agencies and referrals to them."""

    SEE_AGENCIES = "programme.see_agencies"
    LIST_AGENCY = "programme.list_agency"
    END_AGENCY = "programme.end_agency"
    SEE_SUPPORT = "programme.see_support"
    REFER_TO_SUPPORT = "programme.refer_to_support"
    SETTLE_SUPPORT = "programme.settle_support"
    READ_SUPPORT_NEWS = "programme.read_support_news"
    WITHDRAW_SUPPORT = "programme.withdraw_support"
    RECEIVE_LISTING = "programme.receive_listing"
    RECEIVE_SUPPORT_ANSWER = "programme.receive_support_answer"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_AGENCIES: Rule(CLINICAL, in_area),
    Action.LIST_AGENCY: Rule(MANAGERS, in_area),
    Action.END_AGENCY: Rule(MANAGERS, in_area),
    Action.SEE_SUPPORT: Rule(CLINICAL, own_people("")),
    Action.REFER_TO_SUPPORT: Rule(WORKING, own_people("")),
    Action.SETTLE_SUPPORT: Rule(WORKING, own_people("episode__")),
    Action.READ_SUPPORT_NEWS: Rule(WORKING, own_people("episode__")),
    Action.WITHDRAW_SUPPORT: Rule(WORKING, own_people("episode__")),
    Action.RECEIVE_LISTING: Rule(THE_POST, listed_in_area),
    Action.RECEIVE_SUPPORT_ANSWER: Rule(THE_POST, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "support:directory": Action.SEE_AGENCIES,
    "support:add": Action.LIST_AGENCY,
    "support:end": Action.END_AGENCY,
    "support:support": Action.SEE_SUPPORT,
    "support:refer": Action.REFER_TO_SUPPORT,
    "support:outcome": Action.SETTLE_SUPPORT,
    "support:news": Action.READ_SUPPORT_NEWS,
    "support:withdraw": Action.WITHDRAW_SUPPORT,
}
