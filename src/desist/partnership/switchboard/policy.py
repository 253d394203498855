"""Who may do what with what is passed on between services, and to which rows."""

from desist.partnership.policy import POLICE, THE_CLOCK, THE_POST
from desist.partnership.scopes import own_area
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with what is passed on between services."""

    WRITE_ONWARD = "partnership.write_onward"
    FORWARD = "partnership.forward"
    ASK_PROGRAMME = "partnership.ask_programme"


RULES: dict[BaseAction, Rule] = {
    Action.WRITE_ONWARD: Rule(THE_POST, everything),
    Action.FORWARD: Rule(THE_CLOCK, everything),
    Action.ASK_PROGRAMME: Rule(POLICE, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "switchboard:ask": Action.ASK_PROGRAMME,
}
