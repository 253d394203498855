"""Who may do what with disclosures, and to which rows."""

from desist.partnership.policy import POLICE, THE_POST
from desist.partnership.scopes import own_disclosures, own_requests
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with disclosures."""

    SEE_DISCLOSURES = "partnership.see_disclosures"
    SEE_DISCLOSURE = "partnership.see_disclosure"
    WRITE_DISCLOSURE = "partnership.write_disclosure"
    DECIDE_DISCLOSURE = "partnership.decide_disclosure"
    SEE_REQUESTS = "partnership.see_requests"
    DECIDE_REQUEST = "partnership.decide_request"
    RECEIVE_REQUEST = "partnership.receive_request"
    RECEIVE_OFFER = "partnership.receive_offer"
    RECEIVE_RECEIPT = "partnership.receive_receipt"
    RECEIVE_RECALL = "partnership.receive_recall"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_DISCLOSURES: Rule(POLICE, own_disclosures),
    Action.SEE_DISCLOSURE: Rule(POLICE, own_disclosures),
    Action.WRITE_DISCLOSURE: Rule(POLICE, own_disclosures),
    Action.DECIDE_DISCLOSURE: Rule(POLICE, own_disclosures),
    Action.SEE_REQUESTS: Rule(POLICE, own_requests),
    Action.DECIDE_REQUEST: Rule(POLICE, own_requests),
    Action.RECEIVE_REQUEST: Rule(THE_POST, own_requests),
    Action.RECEIVE_OFFER: Rule(THE_POST, own_disclosures),
    Action.RECEIVE_RECEIPT: Rule(THE_POST, own_disclosures),
    Action.RECEIVE_RECALL: Rule(THE_POST, own_disclosures),
}
ROUTES: dict[str, BaseAction] = {
    "disclosures:disclosures": Action.SEE_DISCLOSURES,
    "disclosures:start": Action.WRITE_DISCLOSURE,
    "disclosures:answer": Action.DECIDE_REQUEST,
    "disclosures:refuse-request": Action.DECIDE_REQUEST,
    "disclosures:disclosure": Action.SEE_DISCLOSURE,
    "disclosures:write": Action.WRITE_DISCLOSURE,
    "disclosures:approve": Action.DECIDE_DISCLOSURE,
    "disclosures:pass-on": Action.DECIDE_DISCLOSURE,
    "disclosures:refuse": Action.DECIDE_DISCLOSURE,
    "disclosures:drop": Action.WRITE_DISCLOSURE,
    "disclosures:recall": Action.DECIDE_DISCLOSURE,
    "disclosures:received": Action.DECIDE_DISCLOSURE,
    "disclosures:print": Action.SEE_DISCLOSURE,
}
