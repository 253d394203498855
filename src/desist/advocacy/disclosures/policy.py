"""Who may do what with disclosures, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_CLOCK, THE_POST
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with disclosures."""

    SEE_DISCLOSURES = "advocacy.see_disclosures"
    WRITE_DISCLOSURE = "advocacy.write_disclosure"
    DECIDE_DISCLOSURE = "advocacy.decide_disclosure"
    NOTE_DISCLOSURE = "advocacy.note_disclosure"
    TAKE_BACK_DISCLOSURE = "advocacy.take_back_disclosure"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_DISCLOSURES: Rule(SUPPORT, own_people()),
    Action.WRITE_DISCLOSURE: Rule(SUPPORT, own_people()),
    Action.DECIDE_DISCLOSURE: Rule(SUPPORT, own_people("victim__")),
    Action.NOTE_DISCLOSURE: Rule(THE_POST, everything),
    Action.TAKE_BACK_DISCLOSURE: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "disclosures:disclosures": Action.SEE_DISCLOSURES,
    "disclosures:start": Action.WRITE_DISCLOSURE,
    "disclosures:disclosure": Action.DECIDE_DISCLOSURE,
    "disclosures:write": Action.DECIDE_DISCLOSURE,
    "disclosures:approve": Action.DECIDE_DISCLOSURE,
    "disclosures:drop": Action.DECIDE_DISCLOSURE,
    "disclosures:recall": Action.DECIDE_DISCLOSURE,
}
