"""Who may do what with disclosures, and to which rows."""

from desist.programme.policy import CLINICAL, THE_POST, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with disclosures."""

    SEE_DISCLOSURES = "programme.see_disclosures"
    ASK_DISCLOSURE = "programme.ask_disclosure"
    TYPE_DISCLOSURE = "programme.type_disclosure"
    RECEIVE_DISCLOSURE = "programme.receive_disclosure"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_DISCLOSURES: Rule(CLINICAL, own_people("")),
    Action.ASK_DISCLOSURE: Rule(WORKING, own_people("")),
    Action.TYPE_DISCLOSURE: Rule(WORKING, own_people("")),
    Action.RECEIVE_DISCLOSURE: Rule(THE_POST, everything),
}
ROUTES: dict[str, BaseAction] = {
    "disclosures:disclosures": Action.SEE_DISCLOSURES,
    "disclosures:ask": Action.ASK_DISCLOSURE,
    "disclosures:type-in": Action.TYPE_DISCLOSURE,
    "disclosures:type-in-refusal": Action.TYPE_DISCLOSURE,
    "disclosures:type-in-recall": Action.TYPE_DISCLOSURE,
}
